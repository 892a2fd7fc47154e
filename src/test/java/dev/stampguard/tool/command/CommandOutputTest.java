package dev.stampguard.tool.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandOutputTest {
  @Test
  void whatTheServerSaidIsFoundWhereverItStands() {
    CommandOutput said =
        CommandOutput.of(
            List.of(
                "Using environment: development",
                "migration file \"2_books.js\" failed",
                "migration failed with error: create table \"books\" - relation \"authors\" does not exist",
                "error: create table \"books\" - relation \"authors\" does not exist",
                "    at Parser.parseErrorMessage (/p/node_modules/pg-protocol/dist/parser.js:285:98)",
                "    at async exports.up (/p/migrations/2_books.js:7:3)"),
            1,
            "migrations/2_books.js");

    assertThat(said)
        .isEqualTo(new CommandOutput("relation \"authors\" does not exist", "42P01", 7));
  }

  @Test
  void otherwiseTheFirstErrorCounts() {
    assertThat(
            CommandOutput.of(
                List.of(
                    "rails aborted!",
                    "StandardError: An error has occurred, this migration was canceled:",
                    "db/migrate/1_x.rb:3:in `change'"),
                1,
                "db/migrate/1_x.rb"))
        .isEqualTo(
            new CommandOutput(
                "StandardError: An error has occurred, this migration was canceled:", "XX000", 3));
    assertThat(CommandOutput.of(List.of("  no luck today.  "), 2, "x").message())
        .isEqualTo("no luck today");
    assertThat(CommandOutput.of(List.of(), 2, "x").message())
        .isEqualTo("it ended with status 2 and gave no reason");
  }
}
