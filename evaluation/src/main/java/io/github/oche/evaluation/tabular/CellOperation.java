package io.github.oche.evaluation.tabular;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;

/** What an edge of a {@link NasBench201Cell} can do; channels and size stay the same. */
public enum CellOperation {
  /** Nothing: zeros. */
  NONE,
  /** The identity. */
  SKIP_CONNECT,
  /** ReLU, 1x1 convolution, batch norm. */
  NOR_CONV_1X1,
  /** ReLU, 3x3 convolution, batch norm. */
  NOR_CONV_3X3,
  /** 3x3 average pooling, which leaves the padding out of the mean. */
  AVG_POOL_3X3;

  private static final ImmutableList<CellOperation> ALL = ImmutableList.copyOf(values());

  private final String text = Ascii.toLowerCase(name());

  /** All five, in order. */
  static ImmutableList<CellOperation> all() {
    return ALL;
  }

  /** Its place among all. */
  int index() {
    return ALL.indexOf(this);
  }

  /** The names of all, in order, for messages. */
  static String names() {
    return String.join(", ", Arrays.stream(values()).map(CellOperation::toString).toList());
  }

  static Optional<CellOperation> named(String name) {
    return ALL.stream().filter(o -> o.text.equals(name)).findFirst();
  }

  /** The name that the benchmark uses, such as {@code nor_conv_3x3}. */
  @Override
  public String toString() {
    return text;
  }
}
