package dev.stampguard.service.repair;

import dev.stampguard.target.Target;

/** Opens what carries out a plan's steps, alike on the target and on the copy of its schema. */
@FunctionalInterface
interface StepTransactions {
  /**
   * Connects.
   *
   * @throws dev.stampguard.StampguardException when that cannot be
   */
  StepTransaction open(Target database);
}
