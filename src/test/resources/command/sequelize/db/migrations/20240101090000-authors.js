'use strict';

module.exports = {
  up: (queryInterface, Sequelize) =>
    queryInterface.createTable('authors', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.TEXT, allowNull: false },
    }),
  down: (queryInterface) => queryInterface.dropTable('authors'),
};
