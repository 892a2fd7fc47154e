/** Writes XML and HTML with every foreign text made safe. */
package dev.stampguard.report.markup;
