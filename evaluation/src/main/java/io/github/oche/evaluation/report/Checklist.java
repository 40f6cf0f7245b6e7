package io.github.oche.evaluation.report;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The NAS best-practice checklist, answered for one comparison.
 *
 * <p>A practice that rests on several facts is kept if all of them are so, and is not if one is
 * not; the reasons are those of the facts that decide.
 *
 * @param items one a practice, in the order of the checklist
 * @see <a href="https://arxiv.org/abs/1909.02453">Lindauer and Hutter (2020), Best practices for
 *     scientific research on neural architecture search, JMLR 21(243)</a>
 */
public record Checklist(ImmutableList<Item> items) {
  private static final String TITLE = "NAS best-practice checklist";
  private static final String SOURCE = "Lindauer and Hutter 2020, arXiv:1909.02453";

  private static final int ANSWER_WIDTH = 7;

  /**
   * A practice and whether it is kept.
   *
   * @param practice what is asked
   * @param answer whether it is kept
   * @param reason why
   */
  public record Item(Practice practice, Answer answer, String reason) {}

  /** Answers all of it. */
  public static Checklist of(StudyFacts facts) {
    return new Checklist(
        Arrays.stream(Practice.values())
            .map(practice -> item(practice, facts))
            .collect(ImmutableList.toImmutableList()));
  }

  private static Item item(Practice practice, StudyFacts facts) {
    List<StudyFacts.Finding> findings = practice.facts().stream().map(facts::finding).toList();
    Answer answer = Answer.YES;
    for (StudyFacts.Finding finding : findings) {
      if (finding.answer() == Answer.NO || answer == Answer.YES) {
        answer = finding.answer();
      }
    }
    Answer decided = answer;
    return new Item(
        practice,
        decided,
        findings.stream()
            .filter(finding -> finding.answer() == decided)
            .map(StudyFacts.Finding::reason)
            .distinct()
            .collect(Collectors.joining("; ")));
  }

  /** The same as a table, for Markdown and others. */
  public Table table() {
    Table.Builder table =
        Table.builder(TITLE)
            .column(Column.number("no.").named("number"))
            .column(Column.text("practice"))
            .column(Column.text("kept"))
            .column(Column.text("reason"));
    for (Item item : items) {
      table.row(
          Cell.of(item.practice().number()),
          Cell.text(item.practice().text()),
          Cell.text(item.answer().toString()),
          Cell.text(item.reason()));
    }
    return table.note(SOURCE).build();
  }

  /**
   * Writes it. As text each practice has lines of its own, since reasons are long; other forms are
   * those of {@link #table}.
   *
   * @throws IOException if {@code to} throws it
   */
  public void write(TableFormat format, Appendable to) throws IOException {
    if (format != TableFormat.TEXT) {
      format.write(table(), to);
      return;
    }
    to.append(TITLE + " (" + SOURCE + ")\n");
    for (Item item : items) {
      String label =
          Strings.padStart(Integer.toString(item.practice().number()), 2, ' ')
              + " "
              + Strings.padEnd(item.answer().toString(), ANSWER_WIDTH, ' ')
              + " ";
      String text = label + item.practice().text() + ": " + item.reason();
      to.append(Lines.wrap(text, " ".repeat(label.length())));
    }
  }
}
