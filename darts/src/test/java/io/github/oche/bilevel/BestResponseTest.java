package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.linear.Vectors;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BestResponseTest {
  private static final ImmutableList<DenseLayer> LAYERS =
      ImmutableList.of(new DenseLayer(2, 3), new DenseLayer(3, 1));

  static List<BestResponse> responses() {
    return List.of(new AffineResponse(3, 13), new GatedResponse(3, LAYERS));
  }

  @ParameterizedTest
  @MethodSource("responses")
  void pullbackIsTheDerivativeOfTheAnswer(BestResponse response) {
    INDArray theta = normal(response.parameters(), 1);
    INDArray x = normal(3, 2);
    INDArray p = normal(13, 3);
    INDArray byTheta = theta.like().assign(1); // added to, not overwritten
    INDArray byX = x.like().assign(-2);
    response.pullback(theta, x, p, byTheta, byX);
    for (int i = 0; i < theta.length(); i++) {
      INDArray e = theta.like().assign(0).putScalar(i, 1e-4);
      double up = product(response, theta.add(e), x, p);
      double down = product(response, theta.sub(e), x, p);
      assertThat(byTheta.getDouble(i) - 1).isCloseTo((up - down) / 2e-4, offset(1e-9));
    }
    for (int i = 0; i < 3; i++) {
      INDArray e = x.like().assign(0).putScalar(i, 1e-4);
      double up = product(response, theta, x.add(e), p);
      double down = product(response, theta, x.sub(e), p);
      assertThat(byX.getDouble(i) + 2).isCloseTo((up - down) / 2e-4, offset(1e-9));
    }
  }

  private static double product(BestResponse response, INDArray theta, INDArray x, INDArray p) {
    INDArray y = p.like();
    response.respond(theta, x, y);
    return Vectors.dot(y, p);
  }

  @ParameterizedTest
  @MethodSource("responses")
  void theStartAnswersEveryXWithY(BestResponse response) {
    INDArray theta = Nd4j.create(DataType.DOUBLE, response.parameters());
    INDArray y = normal(13, 4);
    response.start(y, new Random(5), theta);
    for (int seed = 6; seed < 9; seed++) {
      INDArray answer = y.like();
      response.respond(theta, normal(3, seed), answer);
      assertThat(answer.toDoubleVector()).containsExactly(y.toDoubleVector());
    }
  }

  @Test
  void theGatedAnswerScalesRowsOfASecondNetwork() {
    GatedResponse response = new GatedResponse(1, ImmutableList.of(new DenseLayer(2, 2)));
    // W = 1 2; 3 4, b = 5 6; hyper 10 .. 60; gates of rows 1 and 2, then of biases 1 and 2
    INDArray theta =
        Nd4j.createFromArray(
            new double[] {1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60, 0.1, 0.2, 0.3, 0.4});
    INDArray y = Nd4j.create(DataType.DOUBLE, 6);
    response.respond(theta, Nd4j.createFromArray(2.0), y);
    assertThat(y.toDoubleVector())
        .containsExactly(new double[] {3, 6, 15, 20, 35, 54}, offset(1e-14));
  }

  @Test
  void floatsAreAnsweredInFloats() {
    for (BestResponse response : responses()) {
      INDArray theta = normal(response.parameters(), 1);
      INDArray wide = Nd4j.create(DataType.DOUBLE, 13);
      INDArray narrow = Nd4j.create(DataType.FLOAT, 13);
      response.respond(theta, normal(3, 2), wide);
      response.respond(theta.castTo(DataType.FLOAT), normal(3, 2).castTo(DataType.FLOAT), narrow);
      assertThat(narrow.toDoubleVector()).containsExactly(wide.toDoubleVector(), offset(1e-5));
    }
  }

  @Test
  void badSizesAreRefused() {
    assertThatThrownBy(() -> new AffineResponse(0, 1))
        .hasMessage("upper is 0, expected at least 1");
    assertThatThrownBy(() -> new GatedResponse(1, ImmutableList.of()))
        .hasMessage("a response needs at least one layer");
  }

  private static INDArray normal(int length, long seed) {
    Random random = new Random(seed);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextGaussian();
    }
    return Nd4j.createFromArray(values);
  }
}
