class CreateBooks < ActiveRecord::Migration[6.1]
  def change
    create_table :books, id: :serial do |t|
      t.text :title, null: false
      t.integer :author_id
    end
    add_foreign_key :books, :authors
  end
end
