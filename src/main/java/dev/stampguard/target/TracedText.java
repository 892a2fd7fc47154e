package dev.stampguard.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A setting's value in which every character knows what says it: quotes, escapes and references to
 * other settings stand between the value and the characters of a file.
 */
public final class TracedText {
  /** No characters at all. */
  static final TracedText NOTHING = new Builder().build();

  private final String text;

  /** Per character what says it, and where that begins and ends in the file. */
  private final List<Mark> marks;

  private TracedText(String text, List<Mark> marks) {
    this.text = text;
    this.marks = marks;
  }

  private record Mark(Provenance origin, int start, int end) {}

  /**
   * Characters of a file that say a part of a value.
   *
   * @param assignment where they stand
   * @param start index of the first one in the file's text
   * @param end index after the last one
   */
  public record Range(Provenance.Assignment assignment, int start, int end) {
    /** Whether that is all the assignment says. */
    boolean isWhole() {
      return start == assignment.start() && end == assignment.end();
    }
  }

  /**
   * A value that no file says.
   *
   * @param where its place, for messages, for example {@code environment DATABASE_URL}
   */
  public static TracedText elsewhere(String text, String where) {
    var builder = new Builder();
    var mark = new Mark(new Provenance.Elsewhere(where), 0, 0);
    for (int i = 0; i < text.length(); i++) {
      builder.append(text.charAt(i), mark);
    }
    return builder.build();
  }

  /** The value. */
  public String text() {
    return text;
  }

  /** A part of it. */
  public TracedText part(int from, int to) {
    return new TracedText(text.substring(from, to), marks.subList(from, to));
  }

  /** What says it, each place once, in the order of the characters. */
  public List<Provenance> origins() {
    return marks.stream().map(Mark::origin).distinct().toList();
  }

  /** The characters that say it; empty when they do not stand together in one assignment. */
  public Optional<Range> range() {
    for (int i = 1; i < marks.size(); i++) {
      if (marks.get(i).start() != marks.get(i - 1).end()) {
        return Optional.empty();
      }
    }
    List<Provenance> origins = origins();
    return origins.size() == 1 && origins.getFirst() instanceof Provenance.Assignment assignment
        ? Optional.of(new Range(assignment, marks.getFirst().start(), marks.getLast().end()))
        : Optional.empty();
  }

  /** Only its length: it may be a secret. */
  @Override
  public String toString() {
    return text.length() + " characters";
  }

  /** Puts a value together, character by character. */
  public static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private final List<Mark> marks = new ArrayList<>();

    private void append(char c, Mark mark) {
      text.append(c);
      marks.add(mark);
    }

    /**
     * One character and the characters of the file that say it.
     *
     * @param start index of the first one in the file's text
     * @param end index after the last one
     */
    public Builder append(char c, Provenance.Assignment assignment, int start, int end) {
      append(c, new Mark(assignment, start, end));
      return this;
    }

    /** One character that a part of another value stands for. */
    public Builder append(char c, TracedText said) {
      Mark first = said.marks.getFirst();
      append(c, new Mark(first.origin(), first.start(), said.marks.getLast().end()));
      return this;
    }

    /** What another value says, or a part of it. */
    public Builder append(TracedText other) {
      text.append(other.text);
      marks.addAll(other.marks);
      return this;
    }

    /** The value. */
    public TracedText build() {
      return new TracedText(text.toString(), List.copyOf(marks));
    }
  }
}
