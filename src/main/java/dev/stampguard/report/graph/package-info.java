/** A history as a graph in a language that draws one: Mermaid, and Graphviz's DOT. */
package dev.stampguard.report.graph;
