package dev.stampguard.tool.python;

/**
 * A piece of a script.
 *
 * @param line the 1-based line it starts on
 * @param from index of its first token
 * @param to index after its last token
 */
public record Span(int line, int from, int to) {}
