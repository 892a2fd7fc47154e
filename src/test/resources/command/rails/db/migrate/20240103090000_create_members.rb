class CreateMembers < ActiveRecord::Migration[6.1]
  def change
    create_table :members, id: :serial do |t|
      t.text :email
    end
    add_index :members, :email, unique: true
  end
end
