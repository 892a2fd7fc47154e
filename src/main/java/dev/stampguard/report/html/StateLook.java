package dev.stampguard.report.html;

import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.report.markup.Markup;

/** How a state looks and what it means: each has its own shape, so that colour is not needed. */
final class StateLook {
  private StateLook() {}

  /** What the state means, for somebody who meets the word for the first time. */
  static String meaning(RevisionState state) {
    return switch (state) {
      case APPLIED -> "recorded, and everything it makes is there";
      case PARTIAL -> "recorded, but only some of what it makes is there";
      case ALTERED -> "recorded, but something it made is there in another form";
      case HOLLOW -> "recorded, but nothing of what it makes is there";
      case ASSUMED -> "recorded, and it leaves nothing that could be looked at";
      case UNRECORDED -> "not recorded, although everything it makes is there";
      case HALF_APPLIED -> "not recorded, although some of what it makes is there";
      case PENDING -> "not recorded, and nothing of it is there: it waits to be applied";
    };
  }

  /** The CSS class of everything that shows the state. */
  static String css(RevisionState state) {
    return "s-" + state.label();
  }

  /** The node's shape around a point, in a drawing. */
  static void draw(Markup page, RevisionState state, int x, int y) {
    page.open("g", "class", "node " + css(state), "transform", "translate(" + x + "," + y + ")");
    switch (state) {
      case APPLIED -> page.empty("circle", "r", "5", "class", "full");
      case HOLLOW -> page.empty("circle", "r", "4.5", "class", "ring");
      case PARTIAL -> {
        page.empty("circle", "r", "4.5", "class", "ring");
        page.empty("path", "d", "M0,-4.5 A4.5,4.5 0 0 0 0,4.5 Z", "class", "full");
      }
      case ALTERED -> page.empty("path", "d", "M0,-6 L6,0 L0,6 L-6,0 Z", "class", "full");
      case ASSUMED -> {
        page.empty("circle", "r", "4.5", "class", "thin");
        page.empty("circle", "r", "1.8", "class", "full");
      }
      case UNRECORDED ->
          page.empty("rect", "x", "-5", "y", "-5", "width", "10", "height", "10", "class", "full");
      case HALF_APPLIED -> {
        page.empty("rect", "x", "-4.5", "y", "-4.5", "width", "9", "height", "9", "class", "ring");
        page.empty(
            "rect", "x", "-4.5", "y", "-4.5", "width", "4.5", "height", "9", "class", "full");
      }
      case PENDING -> page.empty("circle", "r", "4.5", "class", "dashed");
    }
    page.close();
  }

  /** A badge: the shape and the word. */
  static void badge(Markup page, RevisionState state) {
    page.open("span", "class", "badge " + css(state), "title", meaning(state));
    icon(page, state);
    page.text(state.label());
    page.close();
  }

  /** The shape alone, for beside its word. */
  static void icon(Markup page, RevisionState state) {
    page.open(
        "svg",
        "class",
        "icon",
        "viewBox",
        "-7 -7 14 14",
        "width",
        "14",
        "height",
        "14",
        "aria-hidden",
        "true");
    draw(page, state, 0, 0);
    page.close();
  }
}
