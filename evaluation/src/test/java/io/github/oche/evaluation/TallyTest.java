package io.github.oche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TallyTest {
  /** The score of one image with these logits. */
  private static Score of(int label, float... logits) {
    Tally tally = new Tally();
    tally.add(logits, new int[] {label}, 1, logits.length, 0);
    return tally.score();
  }

  @Test
  void theLargestLogitIsTheAnswerAndFiveMayGuess() {
    float[] logits = {1, 7, 6, 5, 4, 3, 2};
    assertThat(of(1, logits)).isEqualTo(new Score(0, 0, 1));
    assertThat(of(2, logits)).isEqualTo(new Score(100, 0, 1));
    assertThat(of(5, logits)).isEqualTo(new Score(100, 0, 1));
    assertThat(of(6, logits)).isEqualTo(new Score(100, 100, 1));
    assertThat(of(0, logits)).isEqualTo(new Score(100, 100, 1));
  }

  @Test
  void ofEqualLogitsTheLowerClassComesFirst() {
    float[] equal = new float[7];
    assertThat(of(0, equal)).isEqualTo(new Score(0, 0, 1));
    assertThat(of(1, equal)).isEqualTo(new Score(100, 0, 1));
    assertThat(of(4, equal)).isEqualTo(new Score(100, 0, 1));
    assertThat(of(5, equal)).isEqualTo(new Score(100, 100, 1));
  }

  @Test
  void fiveClassesOrFewerAreAllAmongFive() {
    assertThat(of(1, 3, 2)).isEqualTo(new Score(100, 0, 1));
    assertThat(of(4, 5, 4, 3, 2, 1)).isEqualTo(new Score(100, 0, 1));
  }

  @Test
  void whatIsNoNumberIsNoRightAnswer() {
    float nan = Float.NaN;
    assertThat(of(0, nan, nan, nan, nan, nan, nan)).isEqualTo(new Score(100, 100, 1));
    assertThat(of(0, nan, 1)).isEqualTo(new Score(100, 0, 1));
    assertThat(of(1, nan, 1)).isEqualTo(new Score(100, 0, 1));
    assertThat(of(0, Float.POSITIVE_INFINITY, 1)).isEqualTo(new Score(0, 0, 1));
  }

  @Test
  void batchesAreAddedImageByImage() {
    Tally tally = new Tally();
    tally.add(new float[] {1, 0, 0, 1, 1, 0}, new int[] {0, 0, 0}, 3, 2, 6);
    tally.add(new float[] {0, 1, 9, 9}, new int[] {1, 7}, 1, 2, 1); // the rest is another batch's
    assertThat(tally.images()).isEqualTo(4);
    assertThat(tally.accuracy()).isEqualTo(0.75);
    assertThat(tally.loss()).isCloseTo(7.0 / 4, within(1e-15));
    assertThat(tally.score()).isEqualTo(new Score(25, 0, 4));
  }
}
