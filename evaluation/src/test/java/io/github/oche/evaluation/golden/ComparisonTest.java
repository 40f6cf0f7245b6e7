package io.github.oche.evaluation.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableSet;
import io.github.oche.engine.Graph;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Output;
import io.github.oche.engine.ParameterTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final float NAN = Float.NaN;

  private final Comparison comparison = new Comparison();

  private List<Quantity> verdicts() {
    return comparison.verdicts(ImmutableSet.of());
  }

  private Quantity only() {
    List<Quantity> all = verdicts();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void theErrorIsTheNormOfTheDifferenceByTheNormOfTheGoldenValues() {
    comparison.add("x", Limits.NONE, new float[] {3, 4, 1, 99}, new float[] {3, 4, 0});
    assertThat(only().error()).isCloseTo(1.0 / 5, within(1e-12));
  }

  @Test
  void againstZeroTheErrorIsTheDifferenceItself() {
    comparison.add("x", Limits.NONE, new float[] {3, 4}, new float[2]);
    comparison.add("y", Limits.NONE, -2, 0);
    assertThat(verdicts()).extracting(Quantity::error).containsExactly(5.0, 2.0);
  }

  @Test
  void beyondTheLimitAGradientIsATieWhereAllForwardQuantitiesAreRight() {
    comparison.add("loss", Limits.FORWARD, 1 + 1e-5, 1);
    comparison.add("fine", Limits.ALPHA_GRADIENT, 1 + 9e-5, 1);
    comparison.add("tie", Limits.ALPHA_GRADIENT, 1 + 4e-2, 1);
    comparison.add("off", Limits.ALPHA_GRADIENT, 1 + 6e-2, 1);
    comparison.add("rate", Limits.RATE, 1 + 2e-6, 1); // has no ties
    assertThat(verdicts())
        .extracting(Quantity::verdict)
        .containsExactly(Verdict.OK, Verdict.OK, Verdict.TIE, Verdict.OFF, Verdict.OFF);
  }

  @Test
  void oneWrongForwardQuantityAndThereAreNoTies() {
    comparison.add("tie", Limits.ALPHA_GRADIENT, 1 + 4e-2, 1);
    comparison.add("fine", Limits.ALPHA_GRADIENT, 1, 1);
    comparison.add("loss", Limits.FORWARD, 1 + 3e-5, 1); // known last, it counts all the same
    assertThat(verdicts())
        .extracting(Quantity::verdict)
        .containsExactly(Verdict.OFF, Verdict.OK, Verdict.OFF);
  }

  @Test
  void whatIsNoNumberIsOff() {
    comparison.add("golden", Limits.FORWARD, new float[] {1, 1}, new float[] {1, NAN});
    comparison.add("computed", Limits.FORWARD, new float[] {NAN, 1}, new float[] {1, 1});
    comparison.add("both", Limits.FORWARD, new float[] {NAN}, new float[] {NAN});
    comparison.add(
        "infinite",
        Limits.FORWARD,
        new float[] {Float.POSITIVE_INFINITY},
        new float[] {Float.POSITIVE_INFINITY});
    comparison.add("number", Limits.FORWARD, 1, NAN);
    comparison.add("not judged", Limits.NONE, new float[] {1}, new float[] {NAN});
    comparison.eachOf("each", Limits.LATER_LOSS, new float[] {1, 1, 1}, new float[] {1, NAN, 1}, 0);
    assertThat(verdicts()).extracting(Quantity::verdict).containsOnly(Verdict.OFF);
  }

  /** Three parameters: w.weight [2, 3], w.bias [2], and the stem's [3, 1, 1, 1]. */
  private static ParameterTable table() {
    GraphBuilder g = new GraphBuilder();
    Graph graph =
        g.build(
            List.of(
                new Output(
                    "logits",
                    g.linear("w", g.globalAveragePool(g.pointwise("stem", g.input(1, 4, 4), 3)), 2),
                    1)));
    return graph.parameters();
  }

  @Test
  void ofAFamilyTheWorstCounts() {
    ParameterTable table = table();
    float[] golden = new float[table.size()];
    java.util.Arrays.fill(golden, 1);
    float[] computed = golden.clone();
    computed[table.get("w.bias").offset()] = 1.5f;
    computed[table.get("stem.weight").offset()] = 1.01f;
    comparison.family("*", Limits.WEIGHT_GRADIENT, table, computed, golden);
    assertThat(only().worst()).isEqualTo("w.bias");
    assertThat(only().error()).isCloseTo(0.5 / Math.sqrt(2), within(1e-12));
  }

  @Test
  void nothingInAFamilyIsWorseThanNaN() {
    ParameterTable table = table();
    for (String name : List.of("stem.weight", "w.weight", "w.bias")) {
      Comparison one = new Comparison();
      float[] golden = new float[table.size()];
      float[] computed = golden.clone();
      java.util.Arrays.fill(golden, 1);
      java.util.Arrays.fill(computed, 7);
      golden[table.get(name).offset()] = NAN;
      one.family("*", Limits.WEIGHT_GRADIENT, table, computed, golden);
      Quantity quantity = one.verdicts(ImmutableSet.of()).get(0);
      assertThat(quantity.verdict()).isEqualTo(Verdict.OFF);
      assertThat(quantity.worst()).isEqualTo(name);
    }
  }

  @Test
  void ofNumbersComparedOneByOneTheWorstCounts() {
    float[] golden = {2, 2, 4, 2};
    comparison.eachOf("x", Limits.LATER_LOSS, new float[] {9, 2, 5, 2.2f}, golden, 1);
    assertThat(only().error()).isCloseTo(0.25, within(1e-12));
    assertThat(only().verdict()).isEqualTo(Verdict.OFF);
  }

  @Test
  void whatMustBeEqualSaysWhatItIsInstead() {
    comparison.equal("same", "a", "a");
    comparison.equal("other", "a", "b");
    assertThat(verdicts())
        .satisfiesExactly(
            q -> assertThat(q.verdict()).isEqualTo(Verdict.OK),
            q -> {
              assertThat(q.verdict()).isEqualTo(Verdict.OFF);
              assertThat(q.worst()).isEqualTo("a instead of b");
            });
  }

  @Test
  void whatNobodyReadIsOff() {
    List<Quantity> all = comparison.verdicts(ImmutableSet.of("extra"));
    assertThat(all).hasSize(1);
    assertThat(all.get(0).name()).isEqualTo("extra");
    assertThat(all.get(0).verdict()).isEqualTo(Verdict.OFF);
  }
}
