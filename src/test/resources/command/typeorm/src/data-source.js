const { DataSource } = require('typeorm');

module.exports = new DataSource({
  type: 'postgres',
  url: process.env.LIBRARY_URL || 'postgresql://nobody:nothing@127.0.0.1:1/elsewhere',
  entities: [],
  migrations: [__dirname + '/migrations/*.js'],
});
