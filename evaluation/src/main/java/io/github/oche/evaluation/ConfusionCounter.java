package io.github.oche.evaluation;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Hands logits and labels to Deeplearning4j's {@link Evaluation}, many images at a time. */
public final class ConfusionCounter implements LogitsListener {
  private static final int IMAGES_AT_A_TIME = 256;

  private final ImmutableList<String> names;
  private final Evaluation evaluation;
  private final float[] logits;
  private final float[] labels; // [image, class], one 1 a row
  private int images;

  /** A counter that has seen nothing, of classes of these names. */
  public ConfusionCounter(ImmutableList<String> names) {
    this.names = names;
    evaluation = new Evaluation(names.size());
    logits = new float[IMAGES_AT_A_TIME * names.size()];
    labels = new float[logits.length];
  }

  @Override
  public void image(int image, int label, float[] ofImage) {
    System.arraycopy(ofImage, 0, logits, images * names.size(), names.size());
    labels[images * names.size() + label] = 1;
    images++;
    if (images == IMAGES_AT_A_TIME) {
      flush();
    }
  }

  private void flush() {
    if (images == 0) {
      return;
    }
    evaluation.eval(array(labels), array(logits));
    Arrays.fill(labels, 0);
    images = 0;
  }

  private INDArray array(float[] values) {
    return Nd4j.createFromArray(Arrays.copyOf(values, images * names.size()))
        .reshape(images, names.size());
  }

  /** Returns what was counted so far. */
  public Confusion confusion() {
    flush();
    ImmutableList.Builder<ImmutableIntArray> counts = ImmutableList.builder();
    ImmutableList.Builder<ClassScore> classes = ImmutableList.builder();
    for (int label = 0; label < names.size(); label++) {
      ImmutableIntArray.Builder row = ImmutableIntArray.builder(names.size());
      for (int answer = 0; answer < names.size(); answer++) {
        row.add(evaluation.getConfusionMatrix().getCount(label, answer));
      }
      ImmutableIntArray taken = row.build();
      counts.add(taken);
      classes.add(
          new ClassScore(
              names.get(label),
              taken.stream().sum(),
              evaluation.precision(label),
              evaluation.recall(label),
              evaluation.f1(label)));
    }
    return new Confusion(evaluation.accuracy(), counts.build(), classes.build());
  }
}
