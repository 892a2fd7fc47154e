package dev.stampguard.cli;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.graalvm.nativeimage.VMRuntime;

/**
 * Starts what the native executable's runtime does at a start: handling signals and closed pipes.
 * It does so by itself only where it looks for options of its own on the command line, and there it
 * would take {@code -Xmx1g} and {@code -Dname=value} out of {@code exec -- java -Xmx1g …}.
 */
@TargetClass(Main.class)
final class NativeRuntime {
  private NativeRuntime() {}

  @Substitute
  @SuppressWarnings("unused") // called in the class that it is put into
  private static void startRuntime() {
    VMRuntime.initialize();
  }
}
