package io.github.oche.evaluation.protocol;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.RunFolder;
import io.github.oche.data.Dataset;
import io.github.oche.evaluation.report.Checklist;
import io.github.oche.evaluation.report.Table;
import io.github.oche.evaluation.report.TableFormat;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The table of a reproduction, and the checklist of best practices filled in for it.
 *
 * @param table with the published numbers
 * @param checklist what the program knows
 */
public record DartsReport(Table table, Checklist checklist) {
  /** The file of each form, in the folder of the reproduction. */
  private static final ImmutableMap<TableFormat, String> FILES =
      ImmutableMap.of(
          TableFormat.TEXT, "table.txt",
          TableFormat.MARKDOWN, "table.md",
          TableFormat.CSV, "table.csv",
          TableFormat.LATEX, "table.tex");

  /**
   * Reports what a reproduction came to.
   *
   * @param threads that it ran with in the end
   */
  public static DartsReport of(
      Protocol protocol, Dataset data, int threads, ImmutableList<MethodResult> rows) {
    return new DartsReport(
        DartsTable.of(protocol, data, threads, rows), Checklist.of(DartsFacts.of(protocol, rows)));
  }

  /** The report in a form. CSV is the table alone; the others have the checklist below. */
  public String text(TableFormat form) {
    StringBuilder text = new StringBuilder();
    try {
      form.write(table, text);
      if (form != TableFormat.CSV) {
        text.append('\n');
        checklist.write(form, text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string can always be written
    }
    return text.toString();
  }

  /** Writes {@code table.txt}, {@code table.md}, {@code table.csv} and {@code table.tex}. */
  public void write(RunFolder folder) {
    FILES.forEach((form, name) -> folder.write(name, text(form)));
  }
}
