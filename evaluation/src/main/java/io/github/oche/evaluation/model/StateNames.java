package io.github.oche.evaluation.model;

import io.github.oche.engine.Parameter;
import java.util.Optional;

/** What PyTorch's state dictionary calls the buffers of a batch norm. */
final class StateNames {
  private static final String MEAN = ".running_mean";
  private static final String VARIANCE = ".running_var";
  private static final String COUNTER = ".num_batches_tracked";

  private StateNames() {}

  /** The name of the counter that stands beside a running mean; none beside anything else. */
  static Optional<String> counter(Parameter statistic) {
    String name = statistic.name();
    return name.endsWith(MEAN)
        ? Optional.of(name.substring(0, name.length() - MEAN.length()) + COUNTER)
        : Optional.empty();
  }

  static boolean isVariance(Parameter statistic) {
    return statistic.name().endsWith(VARIANCE);
  }
}
