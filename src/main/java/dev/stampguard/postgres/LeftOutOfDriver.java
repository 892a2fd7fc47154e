package dev.stampguard.postgres;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.core.PGStream;
import org.postgresql.core.ServerVersion;
import org.postgresql.core.v3.ConnectionFactoryImpl;
import org.postgresql.gss.MakeGSS;
import org.postgresql.shaded.com.ongres.stringprep.Tables;
import org.postgresql.sspi.ISSPIClient;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** What the native executable leaves out of the driver. On the JVM nothing here is used. */
final class LeftOutOfDriver {
  private static final Pattern VERSION =
      Pattern.compile("(\\d{1,6})(?:\\.(\\d{1,4}))?(?:\\.(\\d{1,2}))?");

  private LeftOutOfDriver() {}

  /**
   * A login of Windows, which is of no use elsewhere: {@code native-image} would ask for the
   * libraries that it calls.
   */
  @TargetClass(ConnectionFactoryImpl.class)
  static final class WindowsLogin {
    private WindowsLogin() {}

    @Substitute
    @SuppressWarnings("unused") // called by the driver, in whose class it comes to stand
    private static ISSPIClient createSSPI(PGStream stream, String service, boolean negotiates) {
      return new NoWindowsLogin();
    }
  }

  /** What the driver asks for a login of Windows before any other. */
  static final class NoWindowsLogin implements ISSPIClient {
    @Override
    public boolean isSSPISupported() {
      return false;
    }

    @Override
    public void startSSPI() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void continueSSPI(int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void dispose() {}
  }

  /**
   * A login with Kerberos: Java finds its parts by name, and without them only a failure that
   * explains nothing would be left.
   */
  @TargetClass(MakeGSS.class)
  static final class KerberosLogin {
    private KerberosLogin() {}

    @Substitute
    @SuppressWarnings({"unused", "DoNotCallSuggester"}) // the driver's own parameters
    static void authenticate(
        boolean encrypted,
        PGStream stream,
        String host,
        String user,
        char[] password,
        String jaasName,
        String service,
        boolean negotiates,
        boolean jaasLogin,
        boolean detailed,
        boolean preferring)
        throws PSQLException {
      throw new PSQLException(
          "a login with GSSAPI (Kerberos) is not in the native executable; the JVM build has it",
          PSQLState.CONNECTION_REJECTED);
    }
  }

  /**
   * Two tables as code, 0.4 MB, by which a profile of strings folds upper and lower case: that of
   * passwords, the only one the driver has, does not.
   */
  @TargetClass(Tables.class)
  static final class CaseFolding {
    private CaseFolding() {}

    @Substitute
    @SuppressWarnings({"unused", "DoNotCallSuggester"})
    static int[] mapWithNfkc(int character) {
      throw new UnsupportedOperationException();
    }

    @Substitute
    @SuppressWarnings({"unused", "DoNotCallSuggester"})
    static int[] mapWithoutNormalization(int character) {
      throw new UnsupportedOperationException();
    }
  }

  /**
   * The language of numbers, in which the driver reads the server's version: loading what is known
   * of one takes a native start longer than the login does.
   */
  @TargetClass(ServerVersion.class)
  static final class VersionsLanguage {
    private VersionsLanguage() {}

    @Substitute
    @SuppressWarnings({"unused", "DoNotCallSuggester"})
    static int parseServerVersionStr(String version) {
      return versionNumber(version);
    }
  }

  /**
   * The number of a version, as the server's {@code server_version_num} has it.
   *
   * @param version as a server says it, or such a number; null is no version
   * @return 0 for what is no version
   */
  static int versionNumber(String version) {
    Matcher parts = VERSION.matcher(version == null ? "" : version);
    if (!parts.lookingAt()) {
      return 0;
    }
    int first = Integer.parseInt(parts.group(1));
    int second = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
    if (parts.group(3) != null) {
      return (first * 100 + second) * 100 + Integer.parseInt(parts.group(3));
    }
    if (first >= 10_000) {
      return first;
    }
    return first < 10 ? (first * 100 + second) * 100 : first * 10_000 + second;
  }
}
