package io.github.oche.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** The kernels against the operators of ND4J, which know padding, where ours are given a border. */
class KernelsNd4jTest {
  private static final Kernels KERNELS = Kernels.provider();
  private static final int V = KERNELS.lanes();

  /** Channels, height, width, size, stride, padding, dilation. */
  private static final int[][] CONVOLUTIONS = {
    {5, 9, 9, 3, 1, 1, 1},
    {20, 8, 11, 3, 2, 1, 1},
    {3, 12, 12, 5, 1, 4, 2},
    {17, 7, 7, 5, 2, 2, 1},
    {16, 16, 16, 3, 1, 2, 2},
    {4, 3, 3, 7, 1, 3, 1}
  };

  /** Channels, height, width, size, stride, padding. */
  private static final int[][] POOLINGS = {
    {5, 9, 9, 3, 1, 1},
    {20, 8, 11, 3, 2, 1},
    {3, 8, 8, 2, 2, 0},
    {17, 7, 7, 5, 2, 2},
    {1, 1, 1, 3, 1, 1}
  };

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void depthwiseAndItsWeightGradientAreThoseOfNd4j() {
    for (int[] s : CONVOLUTIONS) {
      int channels = s[0];
      int size = s[3];
      Taps taps = new Taps(size, size, s[6], s[4]);
      int rows = outputs(s[1], s);
      int columns = outputs(s[2], s);
      float[][][] x = Image.random(random, channels, s[1], s[2]);
      float[][][] g = Image.random(random, channels, rows, columns);
      float[][] w = Image.random(random, 1, size * size, channels)[0];
      INDArray weights =
          Nd4j.createFromArray(w).reshape(size, size, channels, 1).castTo(DataType.DOUBLE);
      int[] window = {size, size, s[4], s[4], s[5], s[5], s[6], s[6], 0, 0};
      INDArray y =
          run("depthwise_conv2d", window, shape(channels, rows, columns), array(x), weights);
      INDArray[] gradients =
          Nd4j.exec(
              DynamicCustomOp.builder("depthwise_conv2d_bp")
                  .addInputs(array(x), weights, array(g))
                  .addIntegerArguments(window)
                  .addOutputs(
                      Nd4j.create(DataType.DOUBLE, 1, channels, s[1], s[2]),
                      Nd4j.create(DataType.DOUBLE, size, size, channels, 1))
                  .build());

      Image source = image(padded(x, s[5]));
      Image result = new Image(V, channels, rows, columns, 1, 1);
      Image gradient = image(g);
      float[] lanes = Image.lanes(w, V);
      float[] gw = new float[lanes.length];
      for (int o = 0; o < source.blocks(); o++) {
        int at = o * size * size * V;
        KERNELS.depthwise(source.plane(o), taps, lanes, at, false, result.plane(o), rows, columns);
        KERNELS.depthwiseWeights(source.plane(o), taps, gradient.plane(o), rows, columns, gw, at);
      }
      assertClose(result.values(), y);
      assertClose(Image.unlanes(gw, size * size, channels, V), gradients[1]);
    }
  }

  @Test
  void aMatrixTimesPatchesIsTheDenseConvolutionOfNd4j() {
    for (int[] s : CONVOLUTIONS) {
      int inputs = s[0];
      int size = s[3];
      int outputs = 1 + 2 * inputs;
      int rows = outputs(s[1], s);
      int columns = outputs(s[2], s);
      float[][][] x = Image.random(random, inputs, s[1], s[2]);
      float[][] w = Image.random(random, 1, size * size * inputs, outputs)[0];
      INDArray y =
          run(
              "conv2d",
              new int[] {size, size, s[4], s[4], s[5], s[5], s[6], s[6], 0, 0},
              shape(outputs, rows, columns),
              array(x),
              Nd4j.createFromArray(w).reshape(size, size, inputs, outputs).castTo(DataType.DOUBLE));

      float[][][] source = padded(x, s[5]);
      int k = size * size * inputs;
      float[][][] patches = new float[k][rows][columns];
      for (int r = 0; r < rows; r++) {
        for (int j = 0; j < columns; j++) {
          for (int t = 0; t < size * size; t++) {
            for (int c = 0; c < inputs; c++) {
              patches[t * inputs + c][r][j] =
                  source[c][r * s[4] + t / size * s[6]][j * s[4] + t % size * s[6]];
            }
          }
        }
      }
      Image columnsOf = new Image(V, k, rows, columns, 0, 1).fill(patches);
      int all = columnsOf.blocks() * V;
      float[][] weights = Arrays.copyOf(w, all);
      Arrays.fill(weights, k, all, new float[outputs]);
      Image result = new Image(V, outputs, rows, columns, 1, 1);
      KERNELS.multiply(
          columnsOf.plane(0),
          columnsOf.block(),
          all,
          all,
          Image.lanes(weights, V),
          0,
          result.blocks(),
          result.plane(0),
          result.block(),
          rows,
          columns);
      assertClose(result.values(), y);
    }
  }

  @Test
  void poolingsAreThoseOfNd4j() {
    for (int[] s : POOLINGS) {
      int channels = s[0];
      int height = s[1];
      int width = s[2];
      int rows = (height + 2 * s[5] - s[3]) / s[4] + 1;
      int columns = (width + 2 * s[5] - s[3]) / s[4] + 1;
      float[][][] x = Image.random(random, channels, height, width);
      float[][][] g = Image.random(random, channels, rows, columns);
      int[] window = {s[3], s[3], s[4], s[4], s[5], s[5], 1, 1, 0, 0, 0};
      Image source = image(x);
      Image gradient = image(g);
      Image largest = new Image(V, channels, rows, columns, 1, 1);
      Image mean = new Image(V, channels, rows, columns, 1, 1);
      Image largestBack = new Image(V, channels, height, width, 1, 1);
      Image meanBack = new Image(V, channels, height, width, 1, 1);
      for (int o = 0; o < source.blocks(); o++) {
        Plane a = source.plane(o);
        Plane b = gradient.plane(o);
        KERNELS.maxPool(a, height, width, s[3], s[4], s[5], largest.plane(o), rows, columns);
        KERNELS.averagePool(a, height, width, s[3], s[4], s[5], mean.plane(o), rows, columns);
        KERNELS.maxPoolBackward(
            a, height, width, s[3], s[4], s[5], b, rows, columns, largestBack.plane(o));
        KERNELS.averagePoolBackward(
            b, rows, columns, s[3], s[4], s[5], meanBack.plane(o), height, width);
      }
      long[] small = shape(channels, rows, columns);
      long[] large = shape(channels, height, width);
      assertClose(largest.values(), run("maxpool2d", window, small, array(x)));
      assertClose(mean.values(), run("avgpool2d", window, small, array(x)));
      assertClose(largestBack.values(), run("maxpool2d_bp", window, large, array(x), array(g)));
      assertClose(meanBack.values(), run("avgpool2d_bp", window, large, array(x), array(g)));
    }
  }

  private static int outputs(int extent, int[] s) {
    return (extent + 2 * s[5] - (s[3] - 1) * s[6] - 1) / s[4] + 1;
  }

  private static long[] shape(long channels, long rows, long columns) {
    return new long[] {1, channels, rows, columns};
  }

  private static INDArray run(String op, int[] window, long[] shape, INDArray... inputs) {
    INDArray y = Nd4j.create(DataType.DOUBLE, shape);
    Nd4j.exec(
        DynamicCustomOp.builder(op)
            .addInputs(inputs)
            .addIntegerArguments(window)
            .addOutputs(y)
            .build());
    return y;
  }

  private static INDArray array(float[][][] x) {
    return Nd4j.createFromArray(new float[][][][] {x}).castTo(DataType.DOUBLE);
  }

  private static Image image(float[][][] x) {
    return new Image(V, x.length, x[0].length, x[0][0].length, 1, 1).fill(x);
  }

  private static float[][][] padded(float[][][] x, int padding) {
    int height = x[0].length;
    int width = x[0][0].length;
    float[][][] y = new float[x.length][height + 2 * padding][width + 2 * padding];
    for (int c = 0; c < x.length; c++) {
      for (int r = 0; r < height; r++) {
        System.arraycopy(x[c][r], 0, y[c][r + padding], padding, width);
      }
    }
    return y;
  }

  private static void assertClose(float[] actual, INDArray expected) {
    double[] truth = expected.dup('c').data().asDouble();
    assertThat(actual).hasSameSizeAs(truth);
    double worst = 0;
    for (int i = 0; i < truth.length; i++) {
      worst = Math.max(worst, Math.abs(actual[i] - truth[i]));
    }
    assertThat(worst).isLessThan(1e-4);
  }
}
