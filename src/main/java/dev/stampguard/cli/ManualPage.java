package dev.stampguard.cli;

import dev.stampguard.report.HelpTopic;
import dev.stampguard.report.HelpTopics;
import dev.stampguard.service.KnownTools;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command's page of the manual, made of what its help is made of. */
final class ManualPage {
  private final Roff page = new Roff();

  private final CommandTree.Node command;
  private final List<CommandTree.Node> all;

  private ManualPage(CommandTree.Node command, List<CommandTree.Node> all) {
    this.command = command;
    this.all = all;
  }

  /** The page's name without its section, for example {@code stampguard-target-use}. */
  static String name(CommandTree.Node command) {
    return command.path().isEmpty()
        ? "stampguard"
        : "stampguard-" + command.path().replace(' ', '-');
  }

  /**
   * The page as {@code man} reads it.
   *
   * @param all every command there is
   * @param date of the build, for example {@code 2026-01-01}
   */
  static String of(CommandTree.Node command, List<CommandTree.Node> all, String date) {
    var page = new ManualPage(command, all);
    page.write(date);
    return page.page.toString();
  }

  private void write(String date) {
    String description = command.description();
    page.title(name(command), date, "stampguard " + Version.number(), "stampguard manual");
    page.section("NAME");
    page.filled(Roff.literal(name(command)) + " \\- " + Roff.literal(purpose(description)));
    page.section("SYNOPSIS");
    page.filled(synopsis());
    page.section("DESCRIPTION");
    page.paragraph(description);
    footer();
    commands();
    arguments();
    options();
    if (command.path().isEmpty()) {
      topic("EXIT STATUS", HelpTopics.exitCodes());
      topic("ENVIRONMENT", HelpTopics.environment());
      topic("FILES", HelpTopics.configuration());
      topic("FINDINGS", HelpTopics.findings());
      topic("MIGRATION TOOLS", HelpTopics.tools(KnownTools.all(Map.of())));
    } else {
      exitStatus();
    }
    seeAlso();
  }

  /** The description's first sentence as a manual's index has it. */
  private static String purpose(String description) {
    int end = description.indexOf(". ");
    String first = end < 0 ? description : description.substring(0, end);
    return first.substring(0, 1).toLowerCase(Locale.ROOT)
        + (first.endsWith(".") ? first.substring(1, first.length() - 1) : first.substring(1));
  }

  private String synopsis() {
    var words = Stream.<String>builder();
    words.add(Roff.bold(("stampguard " + command.path()).strip()));
    words.add("[" + Roff.italic("OPTION") + "]...");
    if (!command.commands().isEmpty()) {
      words.add(
          command.path().isEmpty() ? Roff.italic("COMMAND") : "[" + Roff.italic("COMMAND") + "]");
    }
    for (PositionalParamSpec place : command.spec().positionalParameters()) {
      String word = Roff.italic(place.paramLabel()) + (place.arity().max() > 1 ? "..." : "");
      words.add(place.arity().min() == 0 ? "[" + word + "]" : word);
    }
    return words.build().collect(Collectors.joining(" "));
  }

  private void footer() {
    for (String line : command.spec().usageMessage().footer()) {
      if (line.startsWith("  ")) {
        page.example(line.strip());
      } else if (!line.isEmpty()) {
        page.paragraph(line);
      }
    }
  }

  private void commands() {
    if (!command.commands().isEmpty()) {
      page.section("COMMANDS");
      command.commands().forEach(sub -> page.entry(Roff.bold(sub.name()), sub.description()));
    }
  }

  private void arguments() {
    List<PositionalParamSpec> places = command.spec().positionalParameters();
    if (!places.isEmpty()) {
      page.section("ARGUMENTS");
      places.forEach(
          place ->
              page.entry(Roff.italic(place.paramLabel()), CommandTree.text(place.description())));
    }
  }

  private void options() {
    page.section("OPTIONS");
    for (OptionSpec option : command.spec().options()) {
      if (!option.hidden()) {
        page.entry(
            Arrays.stream(option.names()).map(Roff::bold).collect(Collectors.joining(", "))
                + value(option),
            CommandTree.text(option.description()));
      }
    }
  }

  private static String value(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    String value =
        (option.longestName().startsWith("--") ? "=" : " ") + Roff.italic(option.paramLabel());
    return option.arity().min() == 0 ? "[" + value + "]" : value;
  }

  private void exitStatus() {
    page.section("EXIT STATUS");
    command
        .spec()
        .usageMessage()
        .exitCodeList()
        .forEach((code, meaning) -> page.entry(Roff.bold(code), meaning.replace("%%", "%")));
  }

  private void topic(String title, HelpTopic topic) {
    page.section(title);
    for (HelpTopic.Section section : topic.sections()) {
      if (!section.text().isEmpty()) {
        page.paragraph(section.text());
      }
      section.entries().forEach(entry -> page.entry(Roff.bold(entry.term()), entry.meaning()));
    }
  }

  /** The pages above and below; of the program all of its commands'. */
  private void seeAlso() {
    List<String> near =
        all.stream()
            .filter(other -> !other.path().equals(command.path()))
            .filter(
                other ->
                    other.path().isEmpty()
                        || (command.path().isEmpty() && !other.path().contains(" "))
                        || other.path().startsWith(command.path() + " ")
                        || command.path().startsWith(other.path() + " "))
            .map(other -> Roff.bold(name(other)) + "(1)")
            .toList();
    page.section("SEE ALSO");
    page.filled(String.join(", ", near));
  }
}
