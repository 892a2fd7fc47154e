exports.up = (knex) =>
  knex.schema.alterTable('books', (table) => {
    table.integer('year');
    table.index(['year'], 'books_year');
  });

exports.down = (knex) => knex.schema.alterTable('books', (table) => table.dropColumn('year'));
