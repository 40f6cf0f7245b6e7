package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseTest {
  @ParameterizedTest
  @CsvSource({"3,1,1", "3,2,1", "5,2,1", "5,2,2", "7,2,1", "3,3,1", "4,3,2", "2,2,3", "1,2,1"})
  void thePhasesShareOutTheTaps(int size, int stride, int dilation) {
    Window w = Window.square(size, stride, dilation * (size - 1) / 2, dilation);
    List<Phase> phases = Phase.all(w);
    assertThat(phases).hasSize(stride * stride);
    int[] places = new int[w.taps()];
    phases.forEach(p -> p.place(places, size));
    assertThat(IntStream.of(places).sorted())
        .containsExactlyElementsOf(IntStream.range(0, w.taps()).boxed().toList());
  }

  /**
   * Output i reads input i * stride + tap * dilation - padding; the gradient goes back that way.
   */
  @ParameterizedTest
  @CsvSource({"3,2,1", "5,2,1", "5,2,2", "3,2,2", "7,2,1", "3,3,1", "2,2,3"})
  void eachPixelIsReachedByTheOutputsThatReadIt(int size, int stride, int dilation) {
    int padding = dilation * (size - 1) / 2;
    int extent = 13;
    for (Phase p : Phase.all(Window.square(size, stride, padding, dilation))) {
      Phase.Axis axis = p.rows();
      for (int i = 0; i < axis.pixels(extent, stride); i++) {
        int pixel = axis.start() + i * stride;
        int reached = 0;
        for (int tap = 0; tap < size; tap++) {
          int from = pixel + padding - tap * dilation;
          if (Math.floorMod(from, stride) == 0) {
            int turned = size - 1 - tap;
            int k = (turned - axis.tap()) / axis.step();
            assertThat(axis.tap() + k * axis.step()).isEqualTo(turned);
            assertThat(i + axis.offset() + k * axis.dilation()).isEqualTo(from / stride);
            reached++;
          }
        }
        assertThat(reached).isEqualTo(axis.taps());
      }
    }
  }

  @Test
  void atAnEvenDilationEveryOtherPixelHasAllTapsAndTheRestNone() {
    List<Phase> phases = Phase.all(Window.square(3, 2, 2, 2));
    assertThat(phases.stream().map(p -> p.rows().taps() * p.columns().taps()))
        .containsExactly(9, 0, 0, 0);
  }
}
