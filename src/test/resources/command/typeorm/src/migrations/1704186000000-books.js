const { Table } = require('typeorm');

module.exports = class Any {
  name = 'Books1704186000000';

  async up(queryRunner) {
    await queryRunner.createTable(
      new Table({
        name: 'books',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true, isGenerated: true },
          { name: 'title', type: 'text' },
          { name: 'author_id', type: 'integer', isNullable: true },
        ],
        foreignKeys: [
          { columnNames: ['author_id'], referencedTableName: 'authors', referencedColumnNames: ['id'] },
        ],
      }),
    );
  }

  async down(queryRunner) {
    await queryRunner.dropTable('books');
  }
};
