exports.up = (knex) =>
  knex.schema.createTable('authors', (table) => {
    table.increments('id');
    table.text('name').notNullable();
  });

exports.down = (knex) => knex.schema.dropTable('authors');
