module.exports.BooksYear1704358800000 = class BooksYear1704358800000 {
  async up(queryRunner) {
    await queryRunner.query(`ALTER TABLE books ADD COLUMN year integer`);
    await queryRunner.query(`CREATE INDEX books_year ON books (year)`);
  }

  async down(queryRunner) {
    await queryRunner.query(`ALTER TABLE books DROP COLUMN year`);
  }
};
