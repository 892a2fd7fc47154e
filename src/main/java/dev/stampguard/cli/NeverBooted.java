package dev.stampguard.cli;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * In the native executable the framework's application, which nobody starts, has no end either:
 * {@code native-image} sees something that can be closed and would take along all that there is to
 * stop.
 */
@TargetClass(className = "io.quarkus.runtime.Application")
final class NeverBooted {
  private NeverBooted() {}

  @Substitute
  @SuppressWarnings("unused") // called in the framework's class
  void close() {}
}
