package dev.stampguard.service.backup;

/** Tells a person how far a long task is. */
public interface Progress {
  /** Tells nobody. */
  Progress NONE =
      new Progress() {
        @Override
        public void say(String sentence) {
          // Nobody listens.
        }

        @Override
        public void show(String text) {
          // Nobody looks.
        }
      };

  /** One sentence that stays, without a full stop. */
  void say(String sentence);

  /** What is being done at this moment, which the next call replaces; called often. */
  void show(String text);
}
