/**
 * Reports as text for a person. Every piece of text passes through {@link
 * dev.stampguard.report.text.Printable} on its way into a {@code Span}, so that no foreign name can
 * move the cursor, change a colour or turn the line around.
 */
package dev.stampguard.report.text;
