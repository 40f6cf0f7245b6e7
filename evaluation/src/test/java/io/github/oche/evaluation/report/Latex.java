package io.github.oche.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.CharMatcher;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What LaTeX would complain of in a table, without it. */
public final class Latex {
  private static final Pattern ENVIRONMENT = Pattern.compile("\\\\(begin|end)\\{([a-z]+)}");
  private static final Pattern TABULAR =
      Pattern.compile(
          "\\\\begin\\{tabular}\\{@\\{}([^\\n]*)@\\{}}\\n(.*?) *\\\\end\\{tabular}",
          Pattern.DOTALL);
  private static final Pattern COLUMN = Pattern.compile("[lr]|p\\{0\\.(\\d\\d)\\\\linewidth}");
  private static final Pattern ESCAPED = Pattern.compile("\\\\[&%_#${}`]");

  private Latex() {}

  /** Checks that all that opens is closed, and that each row has a cell a column. */
  public static void requireWellFormed(String latex) {
    String text = ESCAPED.matcher(latex.replaceAll("(?m)^%.*", "")).replaceAll("");
    assertThat(CharMatcher.is('$').countIn(text)).isEven();
    assertThat(CharMatcher.anyOf("#^%").matchesAnyOf(text)).isFalse();
    assertThat(CharMatcher.ascii().matchesAllOf(text)).isTrue();
    int open = 0;
    for (int c : text.chars().toArray()) {
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
      assertThat(open).isNotNegative();
    }
    assertThat(open).isZero();
    List<MatchResult> ends = ENVIRONMENT.matcher(text).results().toList();
    assertThat(ends.stream().filter(end -> end.group(1).equals("begin")).count() * 2)
        .isEqualTo(ends.size());
    Matcher tabular = TABULAR.matcher(text);
    int tables = 0;
    while (tabular.find()) {
      tables++;
      requireRows(tabular.group(1), tabular.group(2));
    }
    assertThat(tables).isPositive();
  }

  private static void requireRows(String columns, String body) {
    List<MatchResult> specification = COLUMN.matcher(columns).results().toList();
    assertThat(COLUMN.matcher(columns).replaceAll("")).isEmpty();
    boolean broken = columns.contains("p");
    assertThat(
            specification.stream()
                .mapToInt(column -> column.group(1) == null ? 0 : Integer.parseInt(column.group(1)))
                .sum())
        .isLessThan(100);
    assertThat(body.lines().filter(line -> line.contains("rule")))
        .extracting(String::strip)
        .containsExactly("\\toprule", "\\midrule", "\\bottomrule");
    List<String> rows =
        body.lines().map(String::strip).filter(line -> !line.endsWith("rule")).toList();
    assertThat(rows)
        .hasSizeGreaterThan(1)
        .allMatch(row -> row.endsWith(broken ? " \\tabularnewline" : " \\\\"))
        .allMatch(row -> CharMatcher.is('&').countIn(row) == specification.size() - 1);
  }
}
