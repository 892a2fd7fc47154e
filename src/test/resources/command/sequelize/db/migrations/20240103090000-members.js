'use strict';

module.exports = {
  up: (queryInterface, Sequelize) =>
    queryInterface.createTable('members', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      email: { type: Sequelize.TEXT, unique: true },
    }),
  down: (queryInterface) => queryInterface.dropTable('members'),
};
