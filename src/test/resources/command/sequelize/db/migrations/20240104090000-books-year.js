'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('books', 'year', { type: Sequelize.INTEGER });
    await queryInterface.addIndex('books', ['year'], { name: 'books_year' });
  },
  down: (queryInterface) => queryInterface.removeColumn('books', 'year'),
};
