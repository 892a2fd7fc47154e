package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.FleetLine;
import dev.stampguard.report.FleetTotals;
import dev.stampguard.report.json.JsonRenderer;
import dev.stampguard.report.text.TextRenderer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints the lines of a fleet as they come, and what they come to at the end. */
final class FleetPrinter {
  /** A long name does not push all reasons to the right. */
  private static final int WIDEST_NAME = 60;

  private final Setup setup;
  private final ProgressLine progress;
  private final PrintStream out;
  private final String noun;
  private final String share;
  private final int expected;
  private final int nameWidth;
  private final boolean inJson;
  private final TextRenderer text;
  private final JsonRenderer json = new JsonRenderer(Version.number());
  private final FleetTotals totals = new FleetTotals();
  private final UnusedRules unused = new UnusedRules();
  private final long start = System.nanoTime();

  /** What goes into the file that {@code -o} names, which is written whole. */
  private final Optional<ByteArrayOutputStream> file;

  /**
   * @param out standard output
   * @param noun what one of them is: {@code database} or {@code schema}
   * @param names what they are called
   * @param share which share of the fleet they are; empty when they are all of it
   */
  FleetPrinter(
      Setup setup,
      ProgressLine progress,
      PrintStream out,
      String noun,
      List<String> names,
      Optional<String> share) {
    this.setup = setup;
    this.progress = progress;
    this.out = out;
    this.noun = noun;
    this.share = share.map(part -> " (share " + part + ")").orElse("");
    this.expected = names.size();
    this.inJson = setup.format() == OutputFormat.JSON;
    this.text = setup.output().textRenderer();
    this.file = setup.output().outputFile().map(named -> new ByteArrayOutputStream());
    this.nameWidth =
        Math.min(WIDEST_NAME, names.stream().mapToInt(TextRenderer::width).max().orElse(0));
  }

  /** Counts a line and prints it, unless it is a good one and only bad ones are wanted. */
  void print(FleetLine line) {
    totals.add(line);
    if (line instanceof FleetLine.Judged judged) {
      unused.add(judged.report().diagnosis());
    }
    progress.close();
    if (setup.isQuiet() && line.exitCode() == ExitCode.OK) {
      return;
    }
    if (inJson) {
      printJson(line);
    } else {
      write(text.line(line, nameWidth).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void printJson(FleetLine line) {
    var buffer = new ByteArrayOutputStream();
    try {
      json.writeLine(line, buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(buffer.toByteArray());
  }

  private void write(byte[] data) {
    OutputStream to = file.isPresent() ? file.get() : out;
    try {
      to.write(data);
    } catch (IOException e) {
      // Standard output remembers that it failed, and a buffer does not fail.
      throw new UncheckedIOException(e);
    }
  }

  /** Tells how far the run is, on a terminal. */
  void progress(int done) {
    progress.show("checked %s of %s " + noun + "s", done, expected);
  }

  /** Says what the lines come to; returns how the run ends. */
  ExitCode end() {
    progress.close();
    file.ifPresent(
        data ->
            OutputFile.write(setup.output().outputFile().orElseThrow(), data.toByteArray(), "-o"));
    unused.places().forEach(place -> AcceptedRemarks.ofUnused(setup, place));
    tell(Words.count(totals.lines(), noun) + share + ": ");
    return totals.worst();
  }

  /** As {@link #end}, where not all of them could be looked at; a file is left as it was. */
  void interrupted() {
    progress.close();
    out.flush();
    tell(
        "interrupted after %s of %s%s: "
            .formatted(totals.lines(), Words.count(expected, noun), share));
  }

  private void tell(String what) {
    if (!setup.isQuiet()) {
      String counts = TextRenderer.counts(totals);
      String more =
          totals.worst() == ExitCode.OK || inJson ? "" : "; `--output json` tells all of each";
      setup.warn(
          what
              + (counts.isEmpty() ? "nothing checked" : counts)
              + String.format(
                  Locale.ROOT,
                  " (%.1f s)",
                  Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0)
              + more);
    }
  }
}
