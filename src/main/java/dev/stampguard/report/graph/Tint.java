package dev.stampguard.report.graph;

import dev.stampguard.diagnosis.RevisionState;

/**
 * The colours of a state, which reads black on white as well: its word is in the label.
 *
 * @param fill of the node
 * @param stroke of its border
 */
record Tint(String fill, String stroke) {
  static final String TEXT = "#1b1f24";

  static Tint of(RevisionState state) {
    return switch (state) {
      case APPLIED -> new Tint("#dcf2e1", "#1a7f37");
      case HOLLOW -> new Tint("#fde3e1", "#b3261e");
      case PARTIAL -> new Tint("#ffe7d1", "#b3261e");
      case ALTERED -> new Tint("#fbe3f1", "#9a2368");
      case UNRECORDED -> new Tint("#ece4fb", "#6639ba");
      case HALF_APPLIED -> new Tint("#e3dcf7", "#6639ba");
      case ASSUMED -> new Tint("#eef1f4", "#57606a");
      case PENDING -> new Tint("#ffffff", "#57606a");
    };
  }
}
