package io.github.oche.engine.kernel;

import java.util.Arrays;

/**
 * How the inputs of a matrix lie in sections of equal length, each of which starts a new block.
 *
 * @param count of the sections
 * @param each inputs a section
 */
record Sections(int count, int each) {
  /** Some that there can be of so many inputs. */
  static Sections of(int seed, int inputs) {
    int count = inputs % 4 == 0 && seed % 4 == 0 ? 4 : inputs % 3 == 0 && seed % 2 == 0 ? 3 : 1;
    return new Sections(count, inputs / count);
  }

  private static int roundUp(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }

  /** Columns a section. */
  int length() {
    return roundUp(each, 4);
  }

  /** All columns. */
  int columns() {
    return count * length();
  }

  /** The column of an input. */
  int column(int input) {
    return input / each * length() + input % each;
  }

  /** The same image, with zeros in columns without an input, and NaN in lanes without a column. */
  float[][][] spread(float[][][] x, int lanes) {
    int length = roundUp(length(), lanes);
    float[][][] spread = new float[count * length][x[0].length][x[0][0].length];
    for (int c = 0; c < spread.length; c++) {
      int i = c % length;
      if (i < each) {
        spread[c] = x[c / length * each + i];
      } else if (i >= length()) {
        for (float[] row : spread[c]) {
          Arrays.fill(row, Float.NaN);
        }
      }
    }
    return spread;
  }

  /** Weights {@code [output][input]} into {@code [block][column][lane]}. */
  float[] matrix(float[][] w, int lanes) {
    int outputs = w.length;
    float[] out = new float[roundUp(outputs, lanes) * columns()];
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < w[o].length; i++) {
        out[place(o, i, lanes)] = w[o][i];
      }
    }
    return out;
  }

  /** Where {@link #matrix} has the weight of an output and an input. */
  int place(int output, int input, int lanes) {
    return (output / lanes * columns() + column(input)) * lanes + output % lanes;
  }
}
