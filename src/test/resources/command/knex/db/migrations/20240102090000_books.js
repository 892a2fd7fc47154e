exports.up = (knex) =>
  knex.schema.createTable('books', (table) => {
    table.increments('id');
    table.text('title').notNullable();
    table.integer('author_id').references('authors.id');
  });

exports.down = (knex) => knex.schema.dropTable('books');
