package dev.stampguard.report.text;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/** How many terminal columns text takes. */
final class Columns {
  private static final Set<UnicodeScript> WIDE_SCRIPTS =
      Set.of(
          UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

  private Columns() {}

  /** Columns of escaped text: two for East Asian wide characters and emoji, none for accents. */
  static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  private static int of(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default -> isWide(character) ? 2 : 1;
    };
  }

  private static boolean isWide(int character) {
    boolean halfWidthForm = isBetween(character, 0xff61, 0xffdc);
    if (character < 0x1100 || halfWidthForm) {
      return false;
    }
    boolean ideographicPunctuation = isBetween(character, 0x3000, 0x303e);
    boolean fullWidthForm = isBetween(character, 0xff01, 0xff60);
    return ideographicPunctuation
        || fullWidthForm
        || WIDE_SCRIPTS.contains(UnicodeScript.of(character))
        || Character.isEmojiPresentation(character);
  }

  private static boolean isBetween(int character, int first, int last) {
    return first <= character && character <= last;
  }
}
