package io.github.oche.cli;

import io.github.oche.evaluation.report.TableFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which form a table is printed. */
final class FormatOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Form of the table: text, markdown, latex or csv (text).")
  private @Nullable String format;

  @Option(names = "--csv", description = "The same as --format=csv.")
  private boolean csv;

  /**
   * What was asked for.
   *
   * @throws IllegalArgumentException if there is no such form, or two were asked for
   */
  TableFormat format() {
    TableFormat asked =
        format != null ? TableFormat.parse(format) : csv ? TableFormat.CSV : TableFormat.TEXT;
    if (csv && asked != TableFormat.CSV) {
      throw new IllegalArgumentException("--csv and --format=" + format + " exclude each other");
    }
    return asked;
  }
}
