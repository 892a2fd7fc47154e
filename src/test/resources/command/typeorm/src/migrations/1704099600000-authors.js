module.exports = class Authors1704099600000 {
  async up(queryRunner) {
    await queryRunner.query(`CREATE TABLE "authors" ("id" SERIAL NOT NULL, "name" text NOT NULL, PRIMARY KEY ("id"))`);
  }

  async down(queryRunner) {
    await queryRunner.query(`DROP TABLE "authors"`);
  }
};
