package dev.stampguard.postgres;

import dev.stampguard.target.Target;
import java.io.FileNotFoundException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Why no encrypted connection came about, as half a sentence. The driver and Java name classes of
 * theirs there, and not the same ones on a JVM and in the native executable.
 */
final class EncryptionErrors {
  /** The driver's own; it stands untranslated in what the driver says in any language. */
  private static final String NAME_VERIFIER = "PgjdbcHostnameVerifier";

  private EncryptionErrors() {}

  /** Whether encryption is what went wrong: somebody answered, and is not to be trusted. */
  static boolean is(SQLException error) {
    return SqlErrors.causeOf(error, SSLException.class).isPresent()
        || SqlErrors.causeOf(error, GeneralSecurityException.class).isPresent()
        || isOfAnotherName(error)
        || missingFile(error).isPresent();
  }

  /**
   * The reason, without a full stop.
   *
   * @param endpoint the server that answered
   */
  static String reason(SQLException error, Target target, Target.Endpoint endpoint) {
    if (isOfAnotherName(error)) {
      return "the server's certificate is not for `%s`".formatted(endpoint.host());
    }
    Optional<String> missing = missingFile(error);
    if (missing.isPresent()) {
      return "`%s` cannot be read".formatted(missing.get());
    }
    return certificate(error, target).orElseGet(() -> SqlErrors.said(error));
  }

  private static Optional<String> certificate(SQLException error, Target target) {
    if (SqlErrors.causeOf(error, CertificateExpiredException.class).isPresent()) {
      return Optional.of("the server's certificate has expired");
    }
    if (SqlErrors.causeOf(error, CertificateNotYetValidException.class).isPresent()) {
      return Optional.of("the server's certificate is not valid yet");
    }
    if (SqlErrors.causeOf(error, CertPathBuilderException.class).isPresent()) {
      return Optional.of(
          Optional.ofNullable(target.parameters().get("sslrootcert"))
              .map("no authority in `%s` vouches for the server's certificate"::formatted)
              .orElse("no known authority vouches for the server's certificate"));
    }
    if (SqlErrors.causeOf(error, CertPathValidatorException.class).isPresent()
        || SqlErrors.causeOf(error, CertificateException.class).isPresent()) {
      return Optional.of("the server's certificate is not valid");
    }
    return Optional.empty();
  }

  private static boolean isOfAnotherName(SQLException error) {
    return SqlErrors.said(error).contains(NAME_VERIFIER);
  }

  /** The file of certificates or keys that is not there; Java says why in brackets behind it. */
  private static Optional<String> missingFile(SQLException error) {
    return SqlErrors.causeOf(error, FileNotFoundException.class)
        .map(Throwable::getMessage)
        .map(said -> said.contains(" (") ? said.substring(0, said.lastIndexOf(" (")) : said);
  }
}
