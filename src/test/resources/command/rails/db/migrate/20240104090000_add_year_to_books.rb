class AddYearToBooks < ActiveRecord::Migration[6.1]
  def change
    add_column :books, :year, :integer
    add_index :books, :year, name: 'books_year'
  end
end
