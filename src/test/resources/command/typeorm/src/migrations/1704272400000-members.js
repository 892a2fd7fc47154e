module.exports.Members1704272400000 = class Members1704272400000 {
  async up(queryRunner) {
    await queryRunner.query('CREATE TABLE members (id SERIAL PRIMARY KEY, email text UNIQUE)');
  }

  async down(queryRunner) {
    await queryRunner.query('DROP TABLE members');
  }
};
