package io.github.oche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfusionTest {
  private static final ImmutableList<String> NAMES = ImmutableList.of("cat", "dog, small", "eel");

  private final ConfusionCounter counter = new ConfusionCounter(NAMES);

  /** One image of a class, taken for another. */
  private void image(int label, int answer) {
    float[] logits = {-1, -1, -1};
    logits[answer] = 2;
    counter.image(0, label, logits);
  }

  @Test
  void scoresAreThoseCountedByHand() {
    image(0, 0);
    image(0, 0);
    image(0, 1);
    image(1, 1);
    image(1, 0);
    image(2, 0);
    Confusion confusion = counter.confusion();
    assertThat(confusion.counts())
        .containsExactly(
            ImmutableIntArray.of(2, 1, 0),
            ImmutableIntArray.of(1, 1, 0),
            ImmutableIntArray.of(1, 0, 0));
    assertThat(confusion.accuracy()).isEqualTo(0.5);
    ClassScore cat = confusion.classes().get(0); // precision 2/4, recall 2/3, F1 2pr/(p + r) = 4/7
    assertThat(cat.images()).isEqualTo(3);
    assertThat(cat.precision()).isEqualTo(0.5);
    assertThat(cat.recall()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(cat.f1()).isCloseTo(4.0 / 7, within(1e-15));
    assertThat(confusion.classes().get(1))
        .isEqualTo(new ClassScore("dog, small", 2, 0.5, 0.5, 0.5));
    assertThat(confusion.classes().get(2)).isEqualTo(new ClassScore("eel", 1, 0, 0, 0));
  }

  @Test
  void ofEqualLogitsTheLowerClassIsTheAnswerAsInTheScore() {
    counter.image(0, 0, new float[3]);
    counter.image(1, 2, new float[] {0, 1, 1});
    assertThat(counter.confusion().counts())
        .containsExactly(
            ImmutableIntArray.of(1, 0, 0),
            ImmutableIntArray.of(0, 0, 0),
            ImmutableIntArray.of(0, 1, 0));
  }

  /** More than are handed on at a time, and looked at between. */
  @Test
  void manyImagesAreCountedAsTheTallyDoes() {
    Random random = new Random(4);
    Tally tally = new Tally();
    for (int i = 0; i < 1000; i++) {
      float[] logits = {random.nextInt(4), random.nextInt(4), random.nextInt(4)}; // with ties
      int label = random.nextInt(3);
      counter.image(i, label, logits.clone());
      tally.add(logits, new int[] {label}, 1, 3, 0);
      if (i == 300) {
        assertThat(counter.confusion().accuracy()).isEqualTo(tally.accuracy());
      }
    }
    Confusion confusion = counter.confusion();
    assertThat(confusion.accuracy()).isEqualTo(tally.accuracy());
    assertThat(confusion.classes().stream().mapToInt(ClassScore::images).sum()).isEqualTo(1000);
  }

  @Test
  void filesHoldARowAClass() {
    image(0, 0);
    image(1, 0);
    Confusion confusion = counter.confusion();
    assertThat(ConfusionCsv.counts(confusion))
        .isEqualTo("class,cat,\"dog, small\",eel\ncat,1,0,0\n\"dog, small\",1,0,0\neel,0,0,0\n");
    assertThat(ConfusionCsv.classes(confusion))
        .isEqualTo(
            """
            label,class,images,precision,recall,f1
            0,cat,1,0.5,1.0,0.6666666666666666
            1,"dog, small",1,0.0,0.0,0.0
            2,eel,0,0.0,0.0,0.0
            """);
  }
}
