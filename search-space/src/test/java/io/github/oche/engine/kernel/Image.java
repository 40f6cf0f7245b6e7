package io.github.oche.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One image in the layout of the kernels, filled from and read as {@code [channel][row][column]},
 * so that the same numbers can be laid out for any number of lanes. What lies around the image is
 * NaN: whoever reads it is found out, and so is who writes it. Who adds to it would not be, so that
 * what kernels add to is surrounded by another number, {@link #GUARD}.
 */
final class Image {
  /** Surrounds what kernels add to. */
  static final float GUARD = 777;

  private static final int MARGIN = 83;

  private final int lanes;
  private final int channels;
  private final int rows;
  private final int columns;
  private final int at;
  private final int row;
  private final int pixel;
  private final int block;
  private float around = Float.NaN;
  final float[] data;

  /**
   * An image of zeros.
   *
   * @param gap pixels between the end of a row and the next row
   * @param spread pixels from a pixel to the next, of which the first is used
   */
  Image(int lanes, int channels, int rows, int columns, int gap, int spread) {
    this.lanes = lanes;
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
    at = 12;
    pixel = lanes * spread;
    row = columns * pixel + gap * lanes;
    block = rows * row + 7;
    data = new float[at + blocks() * block + 20];
    Arrays.fill(data, Float.NaN);
    for (int o = 0; o < blocks(); o++) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int p = at + o * block + r * row + c * pixel;
          Arrays.fill(data, p, p + lanes, 0f);
        }
      }
    }
  }

  int blocks() {
    return (channels + lanes - 1) / lanes;
  }

  int block() {
    return block;
  }

  private int position(int channel, int r, int c) {
    return at + channel / lanes * block + r * row + c * pixel + channel % lanes;
  }

  /** Replaces what lies around the image by {@link #GUARD}: for an image that a kernel adds to. */
  Image guarded() {
    boolean[] inside = inside();
    for (int p = 0; p < data.length; p++) {
      if (!inside[p]) {
        data[p] = GUARD;
      }
    }
    around = GUARD;
    return this;
  }

  private boolean[] inside() {
    boolean[] inside = new boolean[data.length];
    for (int c = 0; c < blocks() * lanes; c++) {
      for (int r = 0; r < rows; r++) {
        for (int j = 0; j < columns; j++) {
          inside[position(c, r, j)] = true;
        }
      }
    }
    return inside;
  }

  Image fill(float[][][] values) {
    for (int c = 0; c < channels; c++) {
      for (int r = 0; r < rows; r++) {
        for (int j = 0; j < columns; j++) {
          data[position(c, r, j)] = values[c][r][j];
        }
      }
    }
    return this;
  }

  Plane plane(int o) {
    return new Plane().set(data, at + o * block, row, pixel);
  }

  /** Same numbers, pixel after pixel, all blocks of a pixel side by side, and NaN around them. */
  Plane matrix() {
    int k = blocks() * lanes;
    float[] matrix = new float[3 + rows * (columns + 1) * k];
    Arrays.fill(matrix, Float.NaN);
    for (int r = 0; r < rows; r++) {
      int p = 3 + r * (columns + 1) * k;
      Arrays.fill(matrix, p, p + columns * k, 0f);
    }
    for (int c = 0; c < channels; c++) {
      for (int r = 0; r < rows; r++) {
        for (int j = 0; j < columns; j++) {
          matrix[3 + (r * (columns + 1) + j) * k + c] = data[position(c, r, j)];
        }
      }
    }
    return new Plane().set(matrix, 3, (columns + 1) * k, k);
  }

  /**
   * Reads this image back from what {@link #matrix()} made; fails if something around the pixels
   * was written.
   */
  void read(Plane matrix) {
    int k = blocks() * lanes;
    for (int p = 0; p < matrix.data.length; p++) {
      boolean inside = p >= 3 && (p - 3) % ((columns + 1) * k) < columns * k;
      if (inside == Float.isNaN(matrix.data[p])) {
        throw new AssertionError("place " + p + " of the matrix is " + matrix.data[p]);
      }
    }
    for (int c = 0; c < channels; c++) {
      for (int r = 0; r < rows; r++) {
        for (int j = 0; j < columns; j++) {
          data[position(c, r, j)] = matrix.data[matrix.at + r * matrix.row + j * matrix.pixel + c];
        }
      }
    }
  }

  /**
   * All numbers, channel by channel; fails if something around the image was written, or something
   * into unused lanes.
   */
  float[] values() {
    boolean[] inside = inside();
    for (int p = 0; p < data.length; p++) {
      if (!inside[p] && Float.floatToIntBits(data[p]) != Float.floatToIntBits(around)) {
        throw new AssertionError("place " + p + " outside the image is " + data[p]);
      }
    }
    float[] values = new float[channels * rows * columns];
    int n = 0;
    for (int c = 0; c < blocks() * lanes; c++) {
      for (int r = 0; r < rows; r++) {
        for (int j = 0; j < columns; j++) {
          float value = data[position(c, r, j)];
          if (c < channels) {
            values[n++] = value;
          } else if (value != 0) {
            throw new AssertionError("unused lane of channel " + c + " is " + value);
          }
        }
      }
    }
    return values;
  }

  /** Where the numbers of {@link #surrounded} start. */
  static int margin() {
    return MARGIN;
  }

  /** Numbers with a margin on both sides. */
  static float[] surrounded(float[] values, float margin) {
    float[] out = new float[MARGIN + values.length + MARGIN];
    Arrays.fill(out, margin);
    System.arraycopy(values, 0, out, MARGIN, values.length);
    return out;
  }

  /** The reverse of {@link #surrounded}; fails if a margin of {@link #GUARD} was written. */
  static float[] inner(float[] surrounded) {
    float[] out = Arrays.copyOfRange(surrounded, MARGIN, surrounded.length - MARGIN);
    for (int i = 0; i < MARGIN; i++) {
      assertThat(surrounded[i]).as("before").isEqualTo(GUARD);
      assertThat(surrounded[MARGIN + out.length + i]).as("after").isEqualTo(GUARD);
    }
    return out;
  }

  static float[][][] random(SplittableRandom random, int channels, int rows, int columns) {
    float[][][] values = new float[channels][rows][columns];
    for (float[][] plane : values) {
      for (float[] row : plane) {
        for (int j = 0; j < columns; j++) {
          row[j] = (float) (random.nextDouble() * 4 - 2);
        }
      }
    }
    return values;
  }

  /** Few different values, so that windows hold equal ones, -0 and 0 among them. */
  static float[][][] coarse(SplittableRandom random, int channels, int rows, int columns) {
    float[][][] values = new float[channels][rows][columns];
    for (float[][] plane : values) {
      for (float[] row : plane) {
        for (int j = 0; j < columns; j++) {
          row[j] = (float) Math.rint(random.nextDouble() * 6 - 4) / 2;
        }
      }
    }
    return values;
  }

  /** Numbers of a channel, {@code [index][channel]}, into lanes: {@code [block][index][lane]}. */
  static float[] lanes(float[][] values, int lanes) {
    int channels = values[0].length;
    int blocks = (channels + lanes - 1) / lanes;
    float[] out = new float[blocks * values.length * lanes];
    for (int i = 0; i < values.length; i++) {
      for (int c = 0; c < channels; c++) {
        out[(c / lanes * values.length + i) * lanes + c % lanes] = values[i][c];
      }
    }
    return out;
  }

  /** The reverse of {@link #lanes(float[][], int)}: {@code [index][channel]}, flat. */
  static float[] unlanes(float[] values, int indices, int channels, int lanes) {
    float[] out = new float[indices * channels];
    for (int i = 0; i < indices; i++) {
      for (int c = 0; c < channels; c++) {
        out[i * channels + c] = values[(c / lanes * indices + i) * lanes + c % lanes];
      }
    }
    return out;
  }
}
