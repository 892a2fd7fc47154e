package dev.stampguard.tool.code;

import dev.stampguard.tool.SchemaOperation;
import java.util.List;

/** What a migration does that is a program, as far as it runs SQL that stands there literally. */
public final class SqlInPrograms {
  private SqlInPrograms() {}

  /**
   * A module or a class in JavaScript or TypeScript, with one function {@code up}.
   *
   * @param line 1-based line on which the text begins
   * @param calls how SQL is run
   * @param unread says of all else that it is not understood
   */
  public static List<SchemaOperation> javaScript(
      String text, int line, JavaScriptCalls calls, Unread unread) {
    var words = new Words(text, new JavaScriptTokenizer(text, line).read());
    return new JavaScriptReader(words, calls, unread).read();
  }

  /** A migration of Active Record's, in Ruby: {@code execute} in {@code up} or {@code change}. */
  public static List<SchemaOperation> ruby(String text, Unread unread) {
    var words = new Words(text, new RubyTokenizer(text, 1).read());
    return new BlockReader(words, Blocks.RUBY, unread).read();
  }

  /** A migration of Ecto's, in Elixir: {@code execute} in {@code up} or {@code change}. */
  public static List<SchemaOperation> elixir(String text, Unread unread) {
    var words = new Words(text, new ElixirTokenizer(text, 1).read());
    return new BlockReader(words, Blocks.ELIXIR, unread).read();
  }

  /** A migration of Entity Framework Core's, in C#: {@code Sql} of what {@code Up} is given. */
  public static List<SchemaOperation> cSharp(String text, Unread unread) {
    var words = new Words(text, new CSharpTokenizer(text, 1).read());
    return new CSharpReader(words, unread).read();
  }
}
