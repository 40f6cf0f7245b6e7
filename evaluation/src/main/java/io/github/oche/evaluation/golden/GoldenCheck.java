package io.github.oche.evaluation.golden;

import com.google.common.collect.ImmutableList;
import io.github.oche.darts.DivergedException;
import io.github.oche.darts.HeapException;
import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.Workers;
import java.io.IOException;
import java.nio.file.Path;

/** Recomputes every quantity of a golden file with this engine, and compares. */
public final class GoldenCheck {
  private GoldenCheck() {}

  /**
   * Checks a file of kind {@code supernet}, {@code network} or {@code trajectories}.
   *
   * @param threads how many work
   * @return all quantities, one or a family each; a tensor that no check reads is {@link
   *     Verdict#OFF}
   * @throws IllegalArgumentException if it is no such file, or incomplete; the message names the
   *     file
   * @throws HeapException if the heap is too small for its network
   * @throws IOException if it cannot be read
   */
  public static ImmutableList<Quantity> check(Path path, int threads) throws IOException {
    try (SafeTensors file = SafeTensors.open(path);
        Workers workers = new Workers(threads)) {
      return check(new Golden(file), workers);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(path.toString())
          ? e
          : new IllegalArgumentException(path + ": " + message, e);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(path + ": a size in the metadata is too large", e);
    }
  }

  private static ImmutableList<Quantity> check(Golden golden, Workers workers) {
    Comparison comparison = new Comparison();
    String kind = golden.text("kind");
    try {
      switch (kind) {
        case "supernet" -> new SupernetCheck(golden, comparison, workers).run();
        case "network" -> new NetworkCheck(golden, comparison, workers).run();
        case "trajectories" -> new TrajectoryCheck(golden, comparison, workers).run();
        default ->
            throw golden.fault(
                "files of kind \""
                    + kind
                    + "\" are not supported yet; known: supernet, network, trajectories");
      }
    } catch (DivergedException e) { // what comes after cannot be computed, and is off too
      comparison.add(e.tensor(), Limits.EXACT, e.value(), Double.NaN);
    }
    return comparison.verdicts(golden.unread());
  }
}
