exports.up = (knex) =>
  knex.schema.createTable('members', (table) => {
    table.increments('id');
    table.text('email').unique();
  });

exports.down = (knex) => knex.schema.dropTable('members');
