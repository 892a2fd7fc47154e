using Microsoft.EntityFrameworkCore.Migrations;

namespace Library.Migrations
{
    public partial class Members : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(File.ReadAllText("sql/20240103090000_Members.sql"));
        }
    }
}
