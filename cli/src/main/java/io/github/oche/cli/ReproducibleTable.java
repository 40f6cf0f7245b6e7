package io.github.oche.cli;

import java.io.PrintWriter;

/** A published table that {@code oche reproduce} makes again. */
interface ReproducibleTable {
  /**
   * Computes the table and prints it.
   *
   * @param csv whether as CSV with a header, and nothing else
   * @param seeds runs of whatever depends on chance
   */
  void print(PrintWriter out, boolean csv, int seeds);
}
