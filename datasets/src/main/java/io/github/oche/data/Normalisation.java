package io.github.oche.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;

/**
 * Mean and standard deviation of each channel, of pixels scaled to 0 .. 1 (byte / 255). A batch
 * holds {@code (byte / 255 - mean) / deviation}.
 *
 * <p>What the bytes mean does not matter: images with values 0 .. 16 come out the same as if they
 * had been stretched to 0 .. 255.
 *
 * @param mean one a channel
 * @param deviation one a channel, positive
 */
public record Normalisation(ImmutableList<Double> mean, ImmutableList<Double> deviation) {
  /**
   * What the code of DARTS uses for CIFAR-10 and CIFAR-100 (quark0/darts, {@code cnn/utils.py}).
   */
  public static final Normalisation CIFAR =
      new Normalisation(
          ImmutableList.of(.49139968, .48215827, .44653124),
          ImmutableList.of(.24703233, .24348505, .26158768));

  /** Checks the values. */
  public Normalisation {
    checkArgument(
        mean.size() == deviation.size(),
        "%s means but %s deviations",
        mean.size(),
        deviation.size());
    for (double d : deviation) {
      checkArgument(d > 0 && Double.isFinite(d), "deviation %s must be positive", d);
    }
  }

  /**
   * Measures the mean and the (population) standard deviation of each channel, exactly up to
   * rounding of the last operations. A channel of one single value gets deviation 1.
   */
  public static Normalisation of(ImageData images) {
    checkArgument(images.count() > 0, "no images to measure");
    int plane = images.height() * images.width();
    double n = (double) images.count() * plane;
    ImmutableList.Builder<Double> mean = ImmutableList.builder();
    ImmutableList.Builder<Double> deviation = ImmutableList.builder();
    for (int c = 0; c < images.channels(); c++) {
      long[] histogram = new long[256];
      for (int i = 0; i < images.count(); i++) {
        int from = images.offset(i) + c * plane;
        for (int p = from; p < from + plane; p++) {
          histogram[images.pixels()[p] & 0xFF]++;
        }
      }
      double m = 0;
      for (int v = 0; v < 256; v++) {
        m += histogram[v] * (v / 255.0);
      }
      m /= n;
      double squares = 0;
      for (int v = 0; v < 256; v++) {
        squares += histogram[v] * (v / 255.0 - m) * (v / 255.0 - m);
      }
      boolean constant = histogram[images.pixels()[images.offset(0) + c * plane] & 0xFF] == n;
      mean.add(m);
      deviation.add(constant ? 1.0 : Math.sqrt(squares / n));
    }
    return new Normalisation(mean.build(), deviation.build());
  }

  /** {@return the number of channels} */
  public int channels() {
    return mean.size();
  }

  /**
   * Returns the normalised value of each byte, 256 of them, in the float arithmetic of the
   * published code.
   */
  float[] table(int channel) {
    float m = mean.get(channel).floatValue();
    float d = deviation.get(channel).floatValue();
    float[] table = new float[256];
    for (int v = 0; v < 256; v++) {
      table[v] = (v / 255f - m) / d;
    }
    return table;
  }
}
