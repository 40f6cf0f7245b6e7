package io.github.oche.engine.kernel;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The window of a depthwise convolution; dilation and stride are the same along both axes.
 *
 * @param rows taps from top to bottom, at least 1
 * @param columns taps from left to right, at least 1
 * @param dilation pixels from a tap to the next, at least 1
 * @param stride pixels from a window to the next, at least 1
 */
public record Taps(int rows, int columns, int dilation, int stride) {
  public Taps {
    checkArgument(
        rows >= 1 && columns >= 1 && dilation >= 1 && stride >= 1,
        "taps %s x %s, dilation %s, stride %s: each must be at least 1",
        rows,
        columns,
        dilation,
        stride);
  }
}
