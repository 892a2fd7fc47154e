package dev.stampguard.tool.sqlfiles;

import java.math.BigInteger;
import java.util.Comparator;

/** Versions that are numbers. */
final class Versions {
  /** By value; what is no number comes last. */
  static final Comparator<String> BY_NUMBER =
      Comparator.comparing(
              (String version) ->
                  isNumber(version) ? new BigInteger(version) : BigInteger.TWO.pow(99))
          .thenComparing(Comparator.naturalOrder());

  private Versions() {}

  /** Without zeros in front, as a column of numbers prints it. */
  static String number(String digits) {
    return new BigInteger(digits).toString();
  }

  private static boolean isNumber(String text) {
    return text.matches("-?[0-9]+");
  }
}
