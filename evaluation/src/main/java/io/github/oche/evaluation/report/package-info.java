/**
 * Results as they are shown: tables in text, Markdown, CSV and LaTeX, what was published of the
 * same, and how far a comparison keeps to good practice.
 *
 * <pre>{@code
 * PublishedValue published =
 *     PublishedTables.load().find("DARTS Table 1", "DARTS (first order) + cutout").orElseThrow();
 * Table table = Table.builder("DARTS, table 1")
 *     .column(Column.text("method"))
 *     .column(Column.spread("test error %"))
 *     .column(Column.spread("published %").withoutCount())
 *     .row(Cell.text("first order"), Cell.of(Spread.of(2.9, 3.1), 2), published.cell())
 *     .note("published: " + published.source())
 *     .build();
 * TableFormat.TEXT.write(table, System.out);
 * }</pre>
 *
 * <p>A {@link io.github.oche.evaluation.report.Spread} never hides how many values it is of; of a
 * single one there is no deviation. {@link io.github.oche.evaluation.report.Checklist} answers the
 * questions of the checklist for architecture search from what the program knows, and says no where
 * that is the answer.
 */
@NullMarked
package io.github.oche.evaluation.report;

import org.jspecify.annotations.NullMarked;
