package io.github.oche.evaluation.golden;

import com.google.common.collect.ImmutableList;
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
   * @throws IllegalArgumentException if it is no such file, or incomplete
   * @throws IOException if it cannot be read
   */
  public static ImmutableList<Quantity> check(Path path, int threads) throws IOException {
    try (SafeTensors file = SafeTensors.open(path);
        Workers workers = new Workers(threads)) {
      Golden golden = new Golden(file);
      Comparison comparison = new Comparison();
      String kind = golden.text("kind");
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
      return comparison.verdicts(golden.unread());
    }
  }
}
