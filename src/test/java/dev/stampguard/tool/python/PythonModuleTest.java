package dev.stampguard.tool.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonModuleTest {
  private static Expression value(String source) throws PythonSyntaxException {
    Statement first = PythonModule.parse("x = " + source).statements().getFirst();
    return ((Statement.Assign) first).value();
  }

  private static String text(String source) throws PythonSyntaxException {
    return ((Expression.Text) value(source)).value();
  }

  @Test
  void joinsAdjacentStringsAndReadsEveryPrefix() throws PythonSyntaxException {
    assertThat(text("'a' \"b\" \\\n  r'\\c' u'''d\n'e''' ")).isEqualTo("ab\\cd\n'e");
    assertThat(text("('a'\n  'b'  # comment with ' quote\n)")).isEqualTo("ab");
    assertThat(text("'\\x41\\u00e9\\101\\n\\q\\\n!'")).isEqualTo("AéA\n\\q!");
    assertThat(value("b'x'")).isInstanceOf(Expression.Opaque.class);
  }

  @Test
  void flagsFormatStrings() throws PythonSyntaxException {
    assertThat(value("f'a{b}' '{c}'"))
        .isInstanceOfSatisfying(
            Expression.FormatText.class, f -> assertThat(f.template()).isEqualTo("a{b}{{c}}"));
    assertThat(value("f\"{x[\"a\"]:'>{width}} {f'{y}'}\""))
        .isInstanceOf(Expression.FormatText.class);
  }

  @Test
  void readsCallsWithPositionsKeywordsAndUnpacking() throws PythonSyntaxException {
    var call =
        (Expression.Call) value("sa.Column('id', sa.Integer(), *more, nullable=not x, **kw)");
    assertThat(call.function())
        .isInstanceOfSatisfying(
            Expression.Attribute.class, a -> assertThat(a.name()).isEqualTo("Column"));
    assertThat(call.arguments())
        .extracting(argument -> argument.getClass().getSimpleName())
        .containsExactly("Text", "Call", "Unpacked", "Unpacked");
    assertThat(call.keywords()).containsOnlyKeys("nullable");
    assertThat(call.keywords().get("nullable")).isInstanceOf(Expression.Opaque.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a if b else c", "[x for x in y]", "{'a': 1}", "lambda a, b: a", "a[1:2]", "a == b", "-1",
        "await f()", "not a", "a % (1, 2)", "x.y(z)[0].w", "(yield)", "a < b < c", "{**a}"
      })
  void whateverElseIsOpaqueOrHoldsIt(String source) throws PythonSyntaxException {
    Expression value = value(source);
    if (value instanceof Expression.Items items) {
      assertThat(items.items()).hasOnlyElementsOfType(Expression.Opaque.class);
    } else {
      assertThat(value).isInstanceOf(Expression.Opaque.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[1, 2]", "(1, 2)", "1, 2", "f(1, a=2)", "a.b.c", "'a' 'b'", "{1: 2}", "'a' + b"})
  void aSpanCoversTheWholeExpression(String source) throws PythonSyntaxException {
    PythonModule module = PythonModule.parse("x = " + source);
    Span span = ((Statement.Assign) module.statements().getFirst()).value().span();
    assertThat(span).isEqualTo(new Span(1, 2, module.tokens().size() - 2));
  }

  @Test
  void readsAssignmentsOfEveryForm() throws PythonSyntaxException {
    var module =
        PythonModule.parse(
            """
            a = b = 1
            down_revision: Union[str, None] = "x"
            declared: int
            a += 2
            c, d = 1, 2
            p = 1; q = 2
            """);
    assertThat(module.statements())
        .extracting(s -> s.getClass().getSimpleName() + s.line())
        .containsExactly(
            "Assign1", "Assign2", "Other3", "Assign4", "Assign5", "Assign6", "Assign6");
  }

  @Test
  void readsBlocks() throws PythonSyntaxException {
    var module =
        PythonModule.parse(
            """
            \"\"\"Title\"\"\"
            from a import (b as c, d,)
            import x.y, z as w
            @decorated(1)
            async def upgrade(x: int = {1: 2}[1], *, y) -> None:
            \tif a:
            \t\treturn
            \telif b: pass
            \telse:
            \t    raise X from y

            \tfor i, j in range(3):
            \t\tcontinue
            \twith (op.batch('a') as b, c): b.drop()
            \ttry:
            \t\tf()
            \texcept (A, B) as e:
            \t\tpass
            \tfinally:
            \t\tpass
            \tmatch x:
            \t\tcase {"a": 1} if y:
            \t\t\tpass
            class E(Enum):
                A = 1
            if True: x = 1
            """);
    assertThat(module.docstring()).contains("Title");
    assertThat(module.statements())
        .extracting(s -> s.getClass().getSimpleName())
        .containsExactly("Evaluate", "Import", "Import", "Function", "Definition", "Conditional");
    assertThat(((Statement.Import) module.statements().get(1)).names())
        .containsEntry("c", "a.b")
        .containsEntry("d", "a.d");
    var function = (Statement.Function) module.statements().get(3);
    assertThat(function.takesArguments()).isTrue();
    assertThat(function.body())
        .extracting(s -> s.getClass().getSimpleName())
        .containsExactly("Conditional", "Compound", "With", "Compound", "Other", "Compound");
    assertThat(((Statement.Conditional) function.body().getFirst()).branches()).hasSize(3);
    assertThat(((Statement.With) function.body().get(2)).contexts()).hasSize(2);
  }

  @Test
  void takesByteOrderMarksAndAnyLineEnd() throws PythonSyntaxException {
    assertThat(PythonModule.parse("\ufeffa = 1\r\nb = 2\rc = 3").statements()).hasSize(3);
    assertThat(PythonModule.parse("").statements()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = (1,\\n  2 | 1 | `(` is never closed",
        "a = 1\\nb = ) | 2 | `)` closes nothing",
        "a\\nx = 'abc | 2 | a string is never closed",
        "if a:\\n    b\\n  c | 3 | the indentation matches no line above",
        "def f(): | 1 | an indented block is missing",
        "def f():\\nx = 1 | 2 | an indented block is missing",
        "a = $ | 1 | `$` has no meaning here",
        "x = | 1 | the line ends too early"
      })
  void saysWhereTextIsNoPython(String source, int line, String message) {
    assertThatThrownBy(() -> PythonModule.parse(source.replace("\\n", "\n")))
        .isInstanceOfSatisfying(
            PythonSyntaxException.class, e -> assertThat(e.line()).isEqualTo(line))
        .hasMessage(message);
  }

  @Test
  void neverOverflowsOnDeepOrOddInput() {
    for (String source :
        List.of(
            "(".repeat(100_000),
            "x = " + "f'{".repeat(10_000),
            "x = " + "-".repeat(100_000) + "1",
            "x" + ".y".repeat(50_000),
            "f" + "()".repeat(2_000),
            "a = " + "[".repeat(150) + "]".repeat(150))) {
      try {
        assertThat(PythonModule.parse(source).statements()).isNotEmpty();
      } catch (PythonSyntaxException e) {
        assertThat(e.line()).isPositive();
      }
    }
  }

  @Test
  void readsInLinearTime() throws PythonSyntaxException {
    String call = "    op.execute(sa.text('x'), [a for a in (1, 2)], k=lambda x: x, *y)\n";
    PythonModule.parse("def upgrade():\n" + call.repeat(2_000));
    long start = System.nanoTime();
    PythonModule.parse("def upgrade():\n" + call.repeat(20_000));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }
}
