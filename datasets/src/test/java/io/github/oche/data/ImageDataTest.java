package io.github.oche.data;

import static io.github.oche.data.Fixtures.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageDataTest {
  private final ImageData images = Fixtures.images(10, 3, 4, 8, 5, 1);

  @Test
  void argumentsAreCopied() {
    byte[] pixels = {1, 2, 3, (byte) 200};
    int[] labels = {0, 1};
    ImageData data = ImageData.of(1, 1, 2, 2, pixels, labels);
    pixels[3] = 0;
    labels[1] = 0;
    assertThat(data.pixel(1, 0, 0, 1)).isEqualTo(200);
    assertThat(data.label(1)).isEqualTo(1);
  }

  @Test
  void selectionsShowTheImagesAtTheirPositions() {
    ImageData some = images.select(7, 2, 2);
    ImageData nested = some.range(1, 3).select(1, 0);
    assertThat(some.count()).isEqualTo(3);
    assertThat(some.classes()).isEqualTo(5);
    for (int c = 0; c < 3; c++) {
      assertThat(some.pixel(0, c, 3, 7)).isEqualTo(images.pixel(7, c, 3, 7));
      assertThat(nested.pixel(1, c, 3, 7)).isEqualTo(images.pixel(2, c, 3, 7));
    }
    assertThat(some.label(0)).isEqualTo(2);
    assertThat(some.pixels()).isSameAs(images.pixels());
  }

  @Test
  void classesAreCounted() {
    assertThat(images.range(0, 7).classCounts().asList()).containsExactly(2, 2, 1, 1, 1);
  }

  @Test
  void paddingPutsTheImageInTheMiddleOfBlack() {
    ImageData padded = images.select(9, 4).padTo(7);
    assertThat(padded.height()).isEqualTo(7);
    assertThat(padded.width()).isEqualTo(8);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 7; y++) {
        for (int x = 0; x < 8; x++) {
          int expected = y < 1 || y > 4 ? 0 : images.pixel(4, c, y - 1, x);
          assertThat(padded.pixel(1, c, y, x)).isEqualTo(expected);
        }
      }
    }
    assertThat(padded.label(1)).isEqualTo(4);
    assertThat(images.padTo(4)).isSameAs(images);
  }

  @Test
  void aLargerSampleBeginsWithTheSmallerOne() {
    ImageData many = Fixtures.images(100, 1, 4, 4, 100, 1);
    ImageData large = many.sample(60, 5);
    ImageData small = many.sample(20, 5);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      assertThat(seen.add(large.label(i))).isTrue();
      if (i < 20) {
        assertThat(small.label(i)).isEqualTo(large.label(i));
      }
    }
    assertThat(many.sample(20, 6).label(0) + 100 * many.sample(20, 6).label(1))
        .isNotEqualTo(small.label(0) + 100 * small.label(1));
  }

  @Test
  void samplesLargerThanTheDataAreRefused() {
    assertRefused(() -> images.sample(11, 1), "11 training images", "10", "from 2 to 10");
    assertRefused(() -> images.sample(1, 1), "1 training images");
    assertRefused(() -> images.sample(-4, 1), "-4");
    assertThat(images.sample(10, 1).count()).isEqualTo(10);
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageData.of(1, 2, 2, 2, new byte[7], new int[2]))
        .withMessageContaining("7 pixels do not make 2 images");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageData.of(1, 2, 2, 2, new byte[8], new int[] {0, 2}))
        .withMessageContaining("label 2 of image 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageData.of(0, 2, 2, 2, new byte[0], new int[0]));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> images.pixel(0, 0, 0, 8));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> images.range(0, 5).label(5));
  }
}
