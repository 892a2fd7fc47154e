'use strict';

module.exports = {
  up: (queryInterface, Sequelize) =>
    queryInterface.createTable('books', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      title: { type: Sequelize.TEXT, allowNull: false },
      author_id: { type: Sequelize.INTEGER, references: { model: 'authors', key: 'id' } },
    }),
  down: (queryInterface) => queryInterface.dropTable('books'),
};
