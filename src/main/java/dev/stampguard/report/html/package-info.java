/**
 * A diagnosis as one page that needs nothing else: no network, no fonts, no framework. Style and
 * script are the resources under {@code html/}. Start reading at {@link
 * dev.stampguard.report.html.HtmlRenderer}.
 */
package dev.stampguard.report.html;
