package dev.stampguard.service;

import java.util.function.Supplier;

/** A value that is made when it is first asked for; for one thread. */
final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> make;
  private T made;

  Lazy(Supplier<T> make) {
    this.make = make;
  }

  @Override
  public T get() {
    if (made == null) {
      made = make.get();
    }
    return made;
  }
}
