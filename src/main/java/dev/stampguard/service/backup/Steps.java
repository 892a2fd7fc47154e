package dev.stampguard.service.backup;

/** Is told each step of a task before it begins, so that a test can end the process right there. */
@FunctionalInterface
interface Steps {
  Steps UNWATCHED = step -> {};

  void reached(String step);
}
