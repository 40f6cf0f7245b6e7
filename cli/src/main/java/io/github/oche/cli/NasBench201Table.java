package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.evaluation.tabular.NasBench201;
import io.github.oche.evaluation.tabular.NasBench201Comparison;
import io.github.oche.evaluation.tabular.PublishedResult;
import io.github.oche.evaluation.tabular.ResultRow;
import io.github.oche.evaluation.tabular.Spread;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The comparison of searches on NAS-Bench-201, as text or as CSV. */
final class NasBench201Table implements ReproducibleTable {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  @Override
  public void print(PrintWriter out, boolean csv, int seeds) {
    ImmutableList<ResultRow> rows = new NasBench201Comparison(NasBench201.load()).rows(seeds);
    if (csv) {
      csv(out, rows);
    } else {
      text(out, rows, seeds);
    }
  }

  private static void csv(PrintWriter out, ImmutableList<ResultRow> rows) {
    try {
      CSVPrinter printer = new CSVPrinter(out, FORMAT);
      printer.printRecord(
          "method",
          "evaluations",
          "cifar10_mean",
          "cifar10_std",
          "cifar100_mean",
          "cifar100_std",
          "imagenet16_mean",
          "imagenet16_std");
      for (ResultRow row : rows) {
        printer.print(row.method());
        printer.print(row.evaluations());
        for (Spread spread : row.accuracies()) {
          printer.print(String.format(Locale.ROOT, "%.4f", spread.mean()));
          printer.print(String.format(Locale.ROOT, "%.4f", spread.deviation()));
        }
        printer.println();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void text(PrintWriter out, ImmutableList<ResultRow> rows, int seeds) {
    out.println("NAS-Bench-201: test accuracy in percent after 200 epochs; searches look at the");
    out.println(
        "validation accuracy on CIFAR-10 after 12 epochs, and choose the best that they saw");
    out.println();
    line(out, "", "evaluations", "CIFAR-10", "CIFAR-100", "ImageNet16-120");
    List<String> sources = new ArrayList<>();
    for (ResultRow row : rows) {
      line(out, row.method(), Integer.toString(row.evaluations()), row.accuracies());
      row.published().ifPresent(published -> published(out, published, sources));
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "searches: mean and deviation of %,d %s (seeds 0 to %d);%n",
        seeds,
        seeds == 1 ? "run" : "runs",
        seeds - 1);
    out.println("others: of all cells that the rule allows, each equally likely; best possible is");
    out.println("a cell for each set, chosen by its test accuracy there");
    for (int i = 0; i < sources.size(); i++) {
      out.println("[" + (i + 1) + "] " + sources.get(i));
    }
  }

  private static void published(PrintWriter out, PublishedResult published, List<String> sources) {
    if (!sources.contains(published.source())) {
      sources.add(published.source());
    }
    int number = 1 + sources.indexOf(published.source());
    line(out, "  published, " + published.name(), "[" + number + "]", published.accuracies());
  }

  private static void line(
      PrintWriter out, String name, String second, ImmutableList<Spread> accuracies) {
    String[] texts = accuracies.stream().map(NasBench201Table::text).toArray(String[]::new);
    line(out, name, second, texts[0], texts[1], texts[2]);
  }

  private static void line(PrintWriter out, Object... columns) {
    out.println(
        String.format(Locale.ROOT, "%-22s %11s  %-14s  %-14s  %s", columns).stripTrailing());
  }

  /** Of a single cell there is no deviation to speak of. */
  private static String text(Spread spread) {
    return spread.deviation() == 0
        ? String.format(Locale.ROOT, "%.2f", spread.mean())
        : String.format(Locale.ROOT, "%.2f +- %.2f", spread.mean(), spread.deviation());
  }
}
