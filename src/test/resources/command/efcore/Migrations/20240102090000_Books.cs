using Microsoft.EntityFrameworkCore.Migrations;

namespace Library.Migrations
{
    public partial class Books : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(File.ReadAllText("sql/20240102090000_Books.sql"));
        }
    }
}
