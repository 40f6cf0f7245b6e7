package io.github.oche.benchmarks.learning;

import io.github.oche.darts.CsvRows;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/** The curves of both sides step by step, as CSV. */
final class CurvesFile implements Closeable {
  private final CSVPrinter csv;

  CurvesFile(Path path) throws IOException {
    csv =
        new CSVPrinter(
            Files.newBufferedWriter(path),
            CsvRows.FORMAT
                .builder()
                .setHeader(
                    "seed",
                    "curve",
                    "step",
                    "oche",
                    "pytorch",
                    "relative_difference",
                    "pytorch_nudged",
                    "pytorch_double")
                .get());
  }

  /** Adds a seed; the controls may go less far, or be nothing. */
  void put(long seed, Course ours, Course theirs, Course nudged, Course exact) throws IOException {
    for (String curve : ours.curves().keySet()) {
      List<Double> a = ours.curve(curve);
      List<Double> b = theirs.curve(curve);
      for (int i = 0; i < a.size(); i++) {
        csv.printRecord(
            seed,
            curve,
            i + 1,
            a.get(i),
            b.get(i),
            Parting.difference(a.get(i), b.get(i)),
            at(nudged.curve(curve), i),
            at(exact.curve(curve), i));
      }
    }
    csv.flush();
  }

  private static String at(List<Double> curve, int i) {
    return i < curve.size() ? curve.get(i).toString() : "";
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
