using Microsoft.EntityFrameworkCore.Migrations;

namespace Library.Migrations
{
    public partial class Authors : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(File.ReadAllText("sql/20240101090000_Authors.sql"));
        }
    }
}
