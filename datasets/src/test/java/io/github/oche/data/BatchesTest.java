package io.github.oche.data;

import static io.github.oche.data.Fixtures.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  // Every image has a label of its own, so a label says which image it is.
  private static final int COUNT = 23;
  private static final int SIZE = 5;
  private final ImageData images = Fixtures.images(COUNT, 3, 8, 12, COUNT, 1);
  // No byte becomes exactly zero, so a zero is a cutout.
  private final Normalisation normalisation =
      new Normalisation(ImmutableList.of(.1234, .5678, .4321), ImmutableList.of(.25, .3, .2));

  private Batches batches(Order order, Augmentation augmentation, long seed) {
    return new Batches(images, SIZE, order, augmentation, normalisation, seed);
  }

  @Test
  void withoutAugmentationPixelsAreNormalisedAndNothingElse() {
    Batches batches = batches(Order.FILE, Augmentation.NONE, 1);
    assertThat(batches.perEpoch()).isEqualTo(5);
    for (int step = 0; step < 10; step++) {
      Batch batch = batches.at(step);
      int first = step % 5 * SIZE;
      assertThat(batch.step()).isEqualTo(step);
      assertThat(batch.count()).isEqualTo(step % 5 == 4 ? 3 : 5);
      for (int i = 0; i < batch.count(); i++) {
        assertThat(batch.labels()[i]).isEqualTo(first + i);
        assertThat(image(batch, i)).isEqualTo(reference(first + i, 0, 0, false));
      }
    }
  }

  @Test
  void anEpochShowsEachImageOnceAndTheNextInAnotherOrder() {
    Batches batches = batches(Order.SHUFFLED, Augmentation.SEARCH, 1);
    Set<List<Integer>> orders = new HashSet<>();
    for (int epoch = 0; epoch < 20; epoch++) {
      List<Integer> order = new ArrayList<>();
      for (int p = 0; p < batches.perEpoch(); p++) {
        Batch batch = batches.at((long) epoch * batches.perEpoch() + p);
        assertThat(batch.count()).isEqualTo(p == 4 ? 3 : 5);
        for (int i = 0; i < batch.count(); i++) {
          order.add(batch.labels()[i]);
        }
      }
      assertThat(order).containsExactlyInAnyOrder(range(COUNT));
      orders.add(order);
    }
    assertThat(orders).hasSize(20);
  }

  @Test
  void freshBatchesAreFullAndOfDistinctImagesButRepeatWithinAnEpoch() {
    Batches batches = batches(Order.FRESH, Augmentation.NONE, 1);
    int[] times = new int[COUNT];
    for (int step = 0; step < 2000; step++) {
      Batch batch = batches.at(step);
      assertThat(batch.count()).isEqualTo(SIZE);
      Set<Integer> distinct = new HashSet<>();
      for (int i = 0; i < SIZE; i++) {
        distinct.add(batch.labels()[i]);
        times[batch.labels()[i]]++;
      }
      assertThat(distinct).hasSize(SIZE);
    }
    // 2,000 x 5 / 23 = 435 times each; the standard deviation is 18
    for (int image = 0; image < COUNT; image++) {
      assertThat(times[image]).isBetween(435 - 90, 435 + 90);
    }
  }

  @Test
  void aFreshBatchIsTheFirstOfAWholeShuffle() {
    Batches fresh = batches(Order.FRESH, Augmentation.SEARCH, 7);
    // with one batch an epoch, a shuffled epoch begins with the same key
    Batches whole =
        new Batches(images, COUNT, Order.SHUFFLED, Augmentation.SEARCH, normalisation, 7);
    for (int step = 0; step < 10; step++) {
      Batch some = fresh.at(step);
      Batch all = whole.at(step);
      for (int i = 0; i < SIZE; i++) {
        assertThat(some.labels()[i]).isEqualTo(all.labels()[i]);
        assertThat(image(some, i)).isEqualTo(image(all, i));
      }
    }
  }

  @Test
  void whatHappensToAnImageDoesNotDependOnTheBatchSize() {
    Batches small = batches(Order.SHUFFLED, Augmentation.RETRAINING, 3);
    Batches whole =
        new Batches(images, COUNT, Order.SHUFFLED, Augmentation.RETRAINING, normalisation, 3);
    Batch all = whole.at(2); // epoch 2
    for (int p = 0; p < small.perEpoch(); p++) {
      Batch some = small.at(2L * small.perEpoch() + p);
      for (int i = 0; i < some.count(); i++) {
        assertThat(image(some, i)).isEqualTo(image(all, p * SIZE + i));
      }
    }
  }

  @Test
  void everyImageIsAWindowOfItsPaddedSelfMirroredOrNot() {
    int padding = 2;
    Augmentation augmentation = new Augmentation(padding, true, 0);
    Batches batches = batches(Order.SHUFFLED, augmentation, 11);
    int[] down = new int[5];
    int[] right = new int[5];
    int mirrored = 0;
    int n = 0;
    for (int step = 0; step < 30 * batches.perEpoch(); step++) {
      Batch batch = batches.at(step);
      for (int i = 0; i < batch.count(); i++) {
        int found = 0;
        for (int dy = -padding; dy <= padding; dy++) {
          for (int dx = -padding; dx <= padding; dx++) {
            for (boolean flip : new boolean[] {false, true}) {
              if (Arrays.equals(image(batch, i), reference(batch.labels()[i], dy, dx, flip))) {
                found++;
                down[dy + padding]++;
                right[dx + padding]++;
                mirrored += flip ? 1 : 0;
              }
            }
          }
        }
        assertThat(found).isEqualTo(1);
        n++;
      }
    }
    // 690 images: 138 of each offset (standard deviation 10.5), 345 mirrored (13)
    for (int k = 0; k < 5; k++) {
      assertThat(down[k]).isBetween(138 - 50, 138 + 50);
      assertThat(right[k]).isBetween(138 - 50, 138 + 50);
    }
    assertThat(n).isEqualTo(690);
    assertThat(mirrored).isBetween(345 - 60, 345 + 60);
  }

  @Test
  void cutoutIsAClippedSquareOfZerosAroundAUniformCentre() {
    for (int side : new int[] {1, 3, 4, 6, 40}) {
      Batches plain = batches(Order.SHUFFLED, Augmentation.SEARCH, 13);
      Batches cut = batches(Order.SHUFFLED, Augmentation.SEARCH.withCutout(side), 13);
      Set<Integer> centres = new HashSet<>();
      for (int step = 0; step < 30 * plain.perEpoch(); step++) {
        Batch a = plain.at(step);
        Batch b = cut.at(step);
        for (int i = 0; i < a.count(); i++) {
          centres.add(centre(image(a, i), image(b, i), side));
        }
      }
      assertThat(centres).doesNotContain(-1);
      if (side <= 6) {
        assertThat(centres).hasSizeGreaterThan(8); // clipped squares may look alike
      }
    }
  }

  /** Returns one centre of a square that explains the difference, or -1. */
  private int centre(float[] plain, float[] cut, int side) {
    for (int cy = 0; cy < 8; cy++) {
      for (int cx = 0; cx < 12; cx++) {
        float[] expected = plain.clone();
        for (int p = 0; p < expected.length; p++) {
          int y = p % 96 / 12;
          int x = p % 12;
          boolean inside =
              y >= cy - side / 2
                  && y < cy - side / 2 + side
                  && x >= cx - side / 2
                  && x < cx - side / 2 + side;
          expected[p] = inside ? 0 : expected[p];
        }
        if (Arrays.equals(expected, cut)) {
          return cy * 12 + cx;
        }
      }
    }
    return -1;
  }

  @Test
  void everySettingChangesSomethingAndEqualSettingsNothing() {
    Augmentation all = new Augmentation(3, true, 3);
    Batch reference = batches(Order.SHUFFLED, all, 1).at(3);
    assertThat(batches(Order.SHUFFLED, all, 1).at(3).images()).isEqualTo(reference.images());
    Batches[] others = {
      batches(Order.SHUFFLED, all, 2),
      batches(Order.FILE, all, 1),
      batches(Order.FRESH, all, 1),
      batches(Order.SHUFFLED, all.withCropPadding(4), 1),
      batches(Order.SHUFFLED, all.withFlip(false), 1),
      batches(Order.SHUFFLED, all.withCutout(0), 1),
      new Batches(images, SIZE, Order.SHUFFLED, all, Normalisation.of(images), 1),
      new Batches(images, 4, Order.SHUFFLED, all, normalisation, 1),
    };
    for (Batches other : others) {
      assertThat(other.at(3).images()).isNotEqualTo(reference.images());
    }
    assertThat(batches(Order.SHUFFLED, all, 1).at(4).images()).isNotEqualTo(reference.images());
  }

  @Test
  void batchesThatCannotBeMadeAreRefused() {
    assertRefused(() -> sized(0, Order.SHUFFLED), "batch size is 0", "at least 1");
    assertRefused(() -> sized(-1, Order.FILE), "batch size is -1");
    assertRefused(() -> sized(24, Order.SHUFFLED), "batch size 24", "23 images", "at most 23");
    assertRefused(() -> sized(100_000, Order.FRESH), "batch size 100,000", "23");
    assertRefused(
        () -> new Batches(images.range(0, 0), 1, Order.FILE, Augmentation.NONE, normalisation, 1),
        "no images");
    Normalisation grey = new Normalisation(ImmutableList.of(.5), ImmutableList.of(.5));
    assertRefused(
        () -> new Batches(images, 1, Order.FILE, Augmentation.NONE, grey, 1), "1 channels", "3");
    assertRefused(() -> new Augmentation(-1, true, 0), "crop padding is -1");
    assertRefused(() -> new Augmentation(0, true, -5), "cutout is -5");
  }

  @Test
  void measuringTakesAnyBatchSize() {
    for (int size : new int[] {1, 22, 23, 24, Integer.MAX_VALUE}) {
      Batches batches = sized(size, Order.FILE);
      int seen = 0;
      for (int p = 0; p < batches.perEpoch(); p++) {
        seen += batches.at(p).count();
      }
      assertThat(seen).isEqualTo(COUNT);
    }
  }

  private Batches sized(int size, Order order) {
    return new Batches(images, size, order, Augmentation.SEARCH, normalisation, 1);
  }

  private float[] image(Batch batch, int i) {
    return Arrays.copyOfRange(batch.images(), i * images.imageSize(), (i + 1) * images.imageSize());
  }

  /** The plainest way: pad, cut the window out, mirror it, normalise it. */
  private float[] reference(int image, int down, int right, boolean flip) {
    int border = 12;
    int[][][] padded = new int[3][8 + 2 * border][12 + 2 * border];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 12; x++) {
          padded[c][y + border][x + border] = images.pixel(image, c, y, x);
        }
      }
    }
    float[] out = new float[3 * 8 * 12];
    for (int c = 0; c < 3; c++) {
      float mean = normalisation.mean().get(c).floatValue();
      float deviation = normalisation.deviation().get(c).floatValue();
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 12; x++) {
          int value = padded[c][y + border + down][x + border + right];
          int column = flip ? 11 - x : x;
          out[(c * 8 + y) * 12 + column] = (value / 255f - mean) / deviation;
        }
      }
    }
    return out;
  }

  private static Integer[] range(int n) {
    return IntStream.range(0, n).boxed().toArray(Integer[]::new);
  }
}
