package io.github.oche.cli;

import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How far an estimate is from what is exact, relative to its length. */
final class RelativeError {
  private RelativeError() {}

  static double of(INDArray estimate, INDArray exact) {
    return exact.sub(estimate).norm2Number().doubleValue() / exact.norm2Number().doubleValue();
  }

  /** As in tables; empty if it is not known. */
  static String text(double error) {
    return Double.isNaN(error) ? "" : String.format(Locale.ROOT, "%.1e", error);
  }
}
