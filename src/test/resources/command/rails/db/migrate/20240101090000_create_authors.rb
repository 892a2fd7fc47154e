class CreateAuthors < ActiveRecord::Migration[6.1]
  def change
    create_table :authors, id: :serial do |t|
      t.text :name, null: false
    end
  end
end
