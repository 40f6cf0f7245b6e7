package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Workers;
import java.io.PrintWriter;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.Optional;

/**
 * How the cost of a weights step grows with images and channels: in proportion, where all is well.
 * A row for a number of channels, a column for a batch; what does not fit the heap is left out.
 */
final class ScalingTable {
  static final ImmutableList<Integer> CHANNELS = ImmutableList.of(4, 8, 16, 24, 36);
  static final ImmutableList<Integer> BATCHES = ImmutableList.of(8, 16, 32, 64, 128);

  /** Fewer leave lanes of a vector empty. */
  private static final int FEW_CHANNELS = 8;

  /** The same code as with the batch before: only memory has to become warm. */
  private static final int LATER_WARM_UP = 1;

  private static final double PICO = 1e12;

  private final BenchSettings settings;
  private final ImmutableList<Integer> channels;
  private final ImmutableList<Integer> batches;
  private final long heap;

  /**
   * Creates the table.
   *
   * @param settings all that is not in rows and columns
   * @param channels of the rows
   * @param batches of the columns
   * @param heap bytes that may be used
   */
  ScalingTable(
      BenchSettings settings,
      ImmutableList<Integer> channels,
      ImmutableList<Integer> batches,
      long heap) {
    this.settings = settings;
    this.channels = channels;
    this.batches = batches;
    this.heap = heap;
  }

  /** Measures, and prints each row of seconds when it is known. */
  void print(PrintWriter out, Workers workers) {
    ImmutableList.Builder<ImmutableList<Optional<Measurement>>> all = ImmutableList.builder();
    head(out, "seconds a weights step");
    for (int c : channels) {
      ImmutableList<Optional<Measurement>> row = measure(c, workers);
      all.add(row);
      row(out, c, row, "%.4f", false);
    }
    out.println();
    head(out, "picoseconds a multiply-add");
    DoubleSummaryStatistics costs = new DoubleSummaryStatistics();
    ImmutableList<ImmutableList<Optional<Measurement>>> rows = all.build();
    for (int i = 0; i < rows.size(); i++) {
      row(out, channels.get(i), rows.get(i), "%.2f", true);
      if (channels.get(i) > FEW_CHANNELS) {
        rows.get(i).stream()
            .flatMap(Optional::stream)
            .forEach(m -> costs.accept(m.median() / m.multiplyAdds()));
      }
    }
    if (costs.getCount() > 0) {
      out.printf(
          Locale.ROOT,
          "above %d channels the dearest is %.2f times the cheapest%n",
          FEW_CHANNELS,
          costs.getMax() / costs.getMin());
    }
  }

  private ImmutableList<Optional<Measurement>> measure(int c, Workers workers) {
    ImmutableList.Builder<Optional<Measurement>> row = ImmutableList.builder();
    boolean warm = false;
    for (int batch : batches) {
      BenchSettings cell = settings.with(c, batch);
      if (SearchBench.memoryBytes(cell) > heap) {
        row.add(Optional.empty());
        continue;
      }
      Benched benched = new SearchBench(cell, ImmutableList.of(BenchStep.WEIGHTS), workers);
      Measurement m =
          warm
              ? Measurement.of(benched, BenchStep.WEIGHTS, LATER_WARM_UP, 0, settings.repeats())
              : Measurement.of(benched, BenchStep.WEIGHTS, settings.repeats());
      row.add(Optional.of(m));
      warm = true;
    }
    return row.build();
  }

  private void head(PrintWriter out, String title) {
    out.printf("%-28s", title);
    batches.forEach(batch -> out.printf(Locale.ROOT, "  batch %3d", batch));
    out.println();
  }

  private static void row(
      PrintWriter out,
      int channels,
      ImmutableList<Optional<Measurement>> row,
      String format,
      boolean each) {
    out.printf("%-28s", BenchSettings.count(channels, "channel"));
    for (Optional<Measurement> cell : row) {
      String text =
          cell.map(m -> each ? PICO * m.median() / m.multiplyAdds() : m.median())
              .map(value -> String.format(Locale.ROOT, format, value))
              .orElse("-");
      out.printf("%11s", text);
    }
    out.println();
    out.flush();
  }
}
