package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Effect;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HexFormat;

/**
 * Tells one set of objects and definitions from any other: the sum, modulo 2^256, of the SHA-256 of
 * each object's line {@code name TAB definition hash}. A sum, because it does not depend on order
 * and follows a revision by adding what it made and subtracting what it replaced, without reading
 * the whole catalog again.
 *
 * @param hex 64 lower-case hex digits
 */
public record CatalogFingerprint(String hex) {
  /** Of a catalog without objects. */
  static final CatalogFingerprint EMPTY = new CatalogFingerprint("0".repeat(64));

  private static final int BYTES = 32;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(8 * BYTES);

  public CatalogFingerprint {
    Sha256.requireHex(hex);
  }

  /** The fingerprint of these objects, in whatever order. */
  public static CatalogFingerprint of(Collection<CatalogObject> objects) {
    BigInteger sum = BigInteger.ZERO;
    for (CatalogObject object : objects) {
      sum = sum.add(term(object.name(), object.definition()));
    }
    return of(sum);
  }

  /** What these effects add to the fingerprint of any catalog they are applied to. */
  static CatalogFingerprint change(Collection<Effect> effects) {
    BigInteger sum = BigInteger.ZERO;
    for (Effect effect : effects) {
      ObjectName object = effect.object();
      sum = sum.add(effect.after().map(made -> term(object, made)).orElse(BigInteger.ZERO));
      sum = sum.subtract(effect.before().map(gone -> term(object, gone)).orElse(BigInteger.ZERO));
    }
    return of(sum);
  }

  CatalogFingerprint plus(CatalogFingerprint other) {
    return of(number().add(other.number()));
  }

  private static BigInteger term(ObjectName object, Definition definition) {
    return new BigInteger(1, Sha256.of(object + "\t" + DefinitionText.hash(definition)));
  }

  private BigInteger number() {
    return new BigInteger(hex, 16);
  }

  private static CatalogFingerprint of(BigInteger sum) {
    byte[] number = sum.mod(MODULUS).toByteArray();
    var padded = new byte[BYTES];
    int length = Math.min(number.length, BYTES);
    // toByteArray puts a zero byte in front when the highest bit is set.
    System.arraycopy(number, number.length - length, padded, BYTES - length, length);
    return new CatalogFingerprint(HexFormat.of().formatHex(padded));
  }

  @Override
  public String toString() {
    return hex;
  }
}
