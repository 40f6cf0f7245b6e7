package io.github.oche.cli;

import io.github.oche.evaluation.report.TableFormat;
import java.io.IOException;
import java.io.PrintWriter;

/** A published table that {@code oche reproduce} makes again. */
interface ReproducibleTable {
  /**
   * Computes the table and prints it.
   *
   * @param format CSV is the table with a header, and nothing else
   * @param seeds runs of whatever depends on chance
   */
  void print(PrintWriter out, TableFormat format, int seeds) throws IOException;
}
