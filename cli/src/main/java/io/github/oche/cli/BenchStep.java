package io.github.oche.cli;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A step that can be timed. */
enum BenchStep {
  /** One of a supernet's weights. */
  WEIGHTS,
  /** One of the architecture, first order, and then one of the weights. */
  FIRST_ORDER,
  /** The same, second order with the published finite difference. */
  SECOND_ORDER,
  /** The same, second order with the exact product. */
  EXACT,
  /** One of a derived network's weights. */
  TRAINING,
  /** A derived network's forward pass with its running statistics, as it is scored. */
  SCORING;

  /** What a search can do, and PyTorch's script too. */
  static final ImmutableList<BenchStep> OF_A_SEARCH =
      ImmutableList.of(WEIGHTS, FIRST_ORDER, SECOND_ORDER);

  /** What is done with a derived network, here and in PyTorch's script. */
  static final ImmutableList<BenchStep> OF_A_TRAINING = ImmutableList.of(TRAINING, SCORING);

  private final String label = Ascii.toLowerCase(name()).replace('_', '-');

  /** What it is called where it is typed and printed. */
  String label() {
    return label;
  }

  /** Reads a label. */
  static final class Converter implements ITypeConverter<BenchStep> {
    @Override
    public BenchStep convert(String value) {
      for (BenchStep step : values()) {
        if (step.label.equals(value)) {
          return step;
        }
      }
      throw new TypeConversionException(
          "'" + value + "' is not weights, first-order, second-order or exact");
    }
  }
}
