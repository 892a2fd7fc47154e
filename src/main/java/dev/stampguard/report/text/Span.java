package dev.stampguard.report.text;

import java.util.Objects;

/**
 * A piece of text in one role.
 *
 * @param role what it is to its reader
 * @param text the text, made printable here so that nothing else can forget to
 */
record Span(Role role, String text) {
  Span {
    Objects.requireNonNull(role);
    text = Printable.escape(text);
  }
}
