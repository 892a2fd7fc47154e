package dev.stampguard.target;

import java.util.Objects;

/**
 * Which characters of a source's text say the database's name.
 *
 * @param start index of the first one
 * @param end index after the last one
 * @param form how a name is written there
 */
record DatabaseSpot(int start, int end, Form form) {
  DatabaseSpot {
    Objects.requireNonNull(form);
  }

  /** How a name is written. */
  enum Form {
    /** A part of a URL. */
    URL,
    /** One of libpq's {@code keyword=value} words, with quotes around it or without. */
    WORD,
    /** A value that is the name and nothing else. */
    PLAIN;

    String write(String name) {
      return switch (this) {
        case URL -> PercentCoding.encode(name);
        case WORD -> name.replaceAll("[\\\\'\\s]", "\\\\$0");
        case PLAIN -> name;
      };
    }
  }
}
