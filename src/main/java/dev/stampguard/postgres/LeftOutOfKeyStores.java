package dev.stampguard.postgres;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.IOException;
import java.io.InputStream;

/**
 * The native executable does not read key stores in Java's own old form, JCEKS: the driver has
 * certificates and keys in PEM and PKCS 12, and that form brings Java's serialization along.
 */
@TargetClass(className = "com.sun.crypto.provider.JceKeyStore")
final class LeftOutOfKeyStores {
  private LeftOutOfKeyStores() {}

  @Substitute
  @SuppressWarnings({"unused", "DoNotCallSuggester"}) // called in Java's class
  void engineLoad(InputStream stream, char[] password) throws IOException {
    throw new IOException("a key store in the form JCEKS is not read");
  }
}
