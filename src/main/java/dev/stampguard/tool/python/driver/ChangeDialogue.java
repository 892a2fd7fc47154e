package dev.stampguard.tool.python.driver;

import dev.stampguard.StampguardException;
import java.time.Duration;

/**
 * Commands and answers of a session that changes a database, and what may be said next. Once an
 * answer does not come, nothing may.
 */
final class ChangeDialogue implements AutoCloseable {
  /** Where a session stands. */
  enum State {
    STARTED,
    IDLE,
    OPEN,
    LOST
  }

  private final Conversation driver;
  private State state = State.STARTED;

  ChangeDialogue(Conversation driver) {
    this.driver = driver;
  }

  /** As {@link Conversation#greet}. */
  DriverMessage.Hello greet(String settings) {
    require(State.STARTED);
    state = State.LOST;
    DriverMessage.Hello hello = driver.greet(settings);
    state = State.IDLE;
    return hello;
  }

  boolean is(State wanted) {
    return state == wanted;
  }

  /** Refuses what is out of turn. */
  void require(State wanted) {
    if (state != wanted) {
      throw new IllegalStateException("the session is %s, not %s".formatted(state, wanted));
    }
  }

  void enter(State next) {
    state = next;
  }

  DriverMessage ask(String command, Duration limit, String moment) {
    send(command);
    return answer(limit, moment);
  }

  void send(String command) {
    State before = state;
    state = State.LOST;
    driver.send(command);
    state = before;
  }

  /**
   * Waits for an answer.
   *
   * @throws StampguardException (change failed) when there is none, or that is the last
   */
  DriverMessage answer(Duration limit, String moment) {
    State before = state;
    state = State.LOST;
    DriverMessage message = driver.receive(limit, moment);
    if (message instanceof DriverMessage.Broken(var trouble)) {
      throw Conversation.ended(moment, describe(trouble));
    }
    state = before;
    return message;
  }

  String describe(DriverMessage.Trouble trouble) {
    return driver.describe(trouble);
  }

  StampguardException unexpected(DriverMessage message) {
    state = State.LOST;
    return Conversation.unexpected(message);
  }

  @Override
  public void close() {
    state = State.LOST;
    driver.close();
  }
}
