// Where nobody names another one, this database is not to be reached.
module.exports = {
  client: 'pg',
  connection: process.env.LIBRARY_URL || 'postgresql://nobody:nothing@127.0.0.1:1/elsewhere',
  migrations: {
    // directory: './old',
    directory: './db/migrations',
  },
};
