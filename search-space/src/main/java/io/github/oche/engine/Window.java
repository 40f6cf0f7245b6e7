package io.github.oche.engine;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The window of a convolution: its taps, how far it moves, and how many zeros surround the image.
 *
 * @param rows kernel rows
 * @param columns kernel columns
 * @param strideRows how many rows it moves from one output to the next
 * @param strideColumns how many columns it moves
 * @param padRows zeros above and below, at most {@code dilation * (rows - 1)}
 * @param padColumns zeros left and right, at most {@code dilation * (columns - 1)}
 * @param dilation distance of neighbouring taps
 */
public record Window(
    int rows,
    int columns,
    int strideRows,
    int strideColumns,
    int padRows,
    int padColumns,
    int dilation) {
  /** Checks the ranges above. */
  public Window {
    checkArgument(rows > 0 && columns > 0, "kernel %sx%s must be positive", rows, columns);
    checkArgument(strideRows > 0 && strideColumns > 0, "stride must be positive");
    checkArgument(dilation > 0, "dilation must be positive, was %s", dilation);
    checkArgument(
        0 <= padRows && padRows <= dilation * (rows - 1),
        "padding of %s rows must lie between 0 and dilation * (rows - 1) = %s",
        padRows,
        dilation * (rows - 1));
    checkArgument(
        0 <= padColumns && padColumns <= dilation * (columns - 1),
        "padding of %s columns must lie between 0 and dilation * (columns - 1) = %s",
        padColumns,
        dilation * (columns - 1));
  }

  /** A square window, the same in both directions. */
  public static Window square(int size, int stride, int padding, int dilation) {
    return new Window(size, size, stride, stride, padding, padding, dilation);
  }

  /** The window of a pointwise convolution. */
  public static Window point() {
    return square(1, 1, 0, 1);
  }

  /** Taps of the window: rows x columns. */
  public int taps() {
    return rows * columns;
  }

  /** The sides, and what is unusual: {@code 3x3, stride 2, dilation 2}. */
  @Override
  public String toString() {
    return rows
        + "x"
        + columns
        + (strideRows > 1 || strideColumns > 1
            ? ", stride " + Math.max(strideRows, strideColumns)
            : "")
        + (dilation > 1 ? ", dilation " + dilation : "");
  }

  /** Output rows and columns for an image of this shape, with this many output channels. */
  Shape output(Shape x, int channels) {
    int height = (x.height() + 2 * padRows - dilation * (rows - 1) - 1) / strideRows + 1;
    int width = (x.width() + 2 * padColumns - dilation * (columns - 1) - 1) / strideColumns + 1;
    checkArgument(
        x.height() + 2 * padRows > dilation * (rows - 1)
            && x.width() + 2 * padColumns > dilation * (columns - 1),
        "a %sx%s window with dilation %s does not fit into %s",
        rows,
        columns,
        dilation,
        x);
    return new Shape(channels, height, width);
  }
}
