using Microsoft.EntityFrameworkCore.Migrations;

namespace Library.Migrations
{
    public partial class BooksYear : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(File.ReadAllText("sql/20240104090000_BooksYear.sql"));
        }
    }
}
