package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final int BATCH = 4;
  private static final float[] NONE = {};

  private final Workers workers = new Workers(1);
  private final Graph graph = graph();
  private final Inputs in = Inputs.of(graph, BATCH, 1);
  private final Network net = network(Plan.Purpose.SECOND_ORDER);

  private static Graph graph() {
    GraphBuilder g = new GraphBuilder();
    Node x = GraphCase.mixed(g, g.input(2, 4, 4), 4);
    Node y = g.batchNorm("norm", g.add(List.of(g.dropPath(x), x)), true);
    return g.build(List.of(GraphCase.head(g, "classifier", g.relu(y), 1)));
  }

  private Network network(Plan.Purpose purpose) {
    return new Network(Plan.of(graph, BATCH, purpose), workers);
  }

  @AfterEach
  void close() {
    workers.close();
  }

  private void load() {
    net.load(in.images(), in.labels(), BATCH);
  }

  private double forward(Network.Mode mode) {
    return net.forward(in.w(), in.mixing(), mode);
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  private static void assertTooEarly(ThrowingCallable call, String message) {
    assertThatIllegalStateException().isThrownBy(call).withMessage(message);
  }

  @Test
  void labelsAreClasses() {
    assertRefused(
        () -> net.load(in.images(), new int[] {0, 1, 3, 0}, BATCH),
        "label 3 of image 2 is not one of 3 classes");
    assertRefused(
        () -> net.load(in.images(), new int[] {-1, 1, 2, 0}, BATCH),
        "label -1 of image 0 is not one of 3 classes");
    net.load(in.images(), new int[] {0, 1, 3, 0}, 2); // the rest is not read
  }

  @Test
  void batchesFitThePlan() {
    assertRefused(
        () -> net.load(in.images(), in.labels(), 5), "5 images for a network planned for 1 to 4");
    assertRefused(
        () -> net.load(in.images(), in.labels(), 0), "0 images for a network planned for 1 to 4");
    assertRefused(
        () -> net.load(new float[127], in.labels(), BATCH),
        "127 values, expected 4 images of 2x4x4");
    assertRefused(() -> net.load(in.images(), new int[3], BATCH), "3 labels for 4 images");
    assertRefused(() -> Plan.of(graph, 0, Plan.Purpose.SCORE), "batch must be positive, was 0");
  }

  @Test
  void vectorsHaveTheLengthsOfTheGraph() {
    load();
    int n = graph.parameters().size();
    assertRefused(
        () -> net.forward(new float[3], in.mixing(), Network.Mode.TRAINING),
        "3 weights, expected " + n);
    assertRefused(
        () -> net.forward(in.w(), NONE, Network.Mode.TRAINING), "0 mixing weights, expected 2");
    forward(Network.Mode.TRAINING);
    assertRefused(
        () -> net.along(new float[1], NONE, Wanted.ALL),
        "1 weights in the direction, expected " + n);
    assertRefused(
        () -> net.along(NONE, new float[1], Wanted.ALL),
        "1 mixing weights in the direction, expected 2");
    assertRefused(
        () -> net.dropPath(new float[3]), "3 drop path values, expected 1 slots x 4 images");
  }

  @Test
  void passesComeInOrder() {
    assertTooEarly(() -> forward(Network.Mode.TRAINING), "load a batch first");
    load();
    String message =
        "a forward pass, not in evaluation mode, comes before each backward pass and is used up";
    assertTooEarly(() -> net.backward(Wanted.ALL), message);
    forward(Network.Mode.EVALUATION);
    assertTooEarly(() -> net.backward(Wanted.ALL), message);
    forward(Network.Mode.TRAINING);
    net.backward(Wanted.WEIGHTS);
    assertTooEarly(() -> net.backward(Wanted.MIXING), message);
    assertTooEarly(() -> net.along(NONE, NONE, Wanted.ALL), message);
    forward(Network.Mode.TRAINING);
    load();
    assertTooEarly(() -> net.backward(Wanted.ALL), message);
  }

  @Test
  void aPassOfTheBatchIsOneOfTrainingThatKeepsNoStatistics() {
    load();
    float[] before = net.statistics().clone();
    double loss = forward(Network.Mode.BATCH);
    net.backward(Wanted.ALL);
    float[] gradient = net.weightGradient().clone();
    assertThat(net.statistics()).containsExactly(before);
    assertThat(forward(Network.Mode.TRAINING)).isEqualTo(loss);
    net.backward(Wanted.ALL);
    assertThat(net.weightGradient()).containsExactly(gradient);
    assertThat(net.statistics()).isNotEqualTo(before);
  }

  @Test
  void aPlanIsForWhatItWasMadeFor() {
    Network score = network(Plan.Purpose.SCORE);
    score.load(in.images(), in.labels(), BATCH);
    score.forward(in.w(), in.mixing(), Network.Mode.TRAINING);
    assertTooEarly(() -> score.backward(Wanted.ALL), "the network was planned for SCORE");
    Network gradient = network(Plan.Purpose.GRADIENT);
    gradient.load(in.images(), in.labels(), BATCH);
    gradient.forward(in.w(), in.mixing(), Network.Mode.TRAINING);
    assertTooEarly(
        () -> gradient.along(NONE, NONE, Wanted.ALL), "the network was planned for GRADIENT");
  }

  @Test
  void aPlanServesOneNetwork() {
    Plan plan = Plan.of(graph, BATCH, Plan.Purpose.SCORE);
    assertThat(new Network(plan, workers).graph()).isSameAs(graph);
    assertTooEarly(
        () -> new Network(plan, workers),
        "the plan has its network already; plan again for another");
  }

  @Test
  void aDirectionIsNotTheArrayThatThePassWrites() {
    load();
    forward(Network.Mode.TRAINING);
    assertRefused(
        () -> net.along(net.weightGradient(), NONE, Wanted.ALL),
        "the direction is the network's own gradient, which the pass overwrites; copy it");
  }

  @Test
  void argumentsAreNeitherChangedNorKept() {
    Inputs copy = Inputs.of(graph, BATCH, 1);
    load();
    net.dropPath(in.masks());
    double loss = forward(Network.Mode.TRAINING);
    net.along(in.dw(), in.dmixing(), Wanted.ALL);
    assertThat(in).usingRecursiveComparison().isEqualTo(copy);
    Arrays.fill(in.images(), 7);
    Arrays.fill(in.labels(), 1);
    Arrays.fill(in.masks(), 3);
    assertThat(forward(Network.Mode.TRAINING)).isEqualTo(loss);
  }

  /** What package-info shows. */
  @Test
  void theExampleOfThePackageRuns() {
    GraphBuilder g = new GraphBuilder();
    Node x = g.pointwise("stem", g.input(3, 8, 8), 16);
    Mixture alphas = g.mixture("alphas", 1, 2);
    Node y =
        g.weightedSum(
            List.of(alphas.weight(0, 0), alphas.weight(0, 1)),
            List.of(x, g.batchNorm("n", g.maxPool(x, 3, 1, 1), false)));
    Node logits = g.linear("classifier", g.globalAveragePool(y), 10);
    Graph example = g.build(List.of(new Output("logits", logits, 1)));

    Plan plan = Plan.of(example, 64, Plan.Purpose.SECOND_ORDER);
    float[] w = example.parameters().initialise(new SplittableRandom(1));
    float[] mixing = {0.5f, 0.5f};
    Inputs batch = Inputs.of(example, 64, 1);
    Network network = new Network(plan, workers);
    network.load(batch.images(), batch.labels(), 64);
    double loss = network.forward(w, mixing, Network.Mode.TRAINING);
    network.backward(Wanted.ALL);
    float[] v = network.weightGradient().clone();
    network.forward(w, mixing, Network.Mode.TRAINING);
    network.along(v, new float[0], Wanted.MIXING);
    assertThat(loss).isBetween(2.0, 3.0);
    assertThat(network.mixingGradient()).hasSize(2).doesNotContain(0.0);
  }

  @Test
  void aDirectionOfZeroGivesZero() {
    load();
    forward(Network.Mode.TRAINING);
    net.along(NONE, NONE, Wanted.ALL);
    assertThat(net.weightGradient()).containsOnly(0f);
    assertThat(net.mixingGradient()).containsOnly(0.0);
  }

  @Test
  void evaluationChangesNoStatisticsAndDropsNothing() {
    load();
    float[] before = net.statistics().clone();
    double loss = forward(Network.Mode.EVALUATION);
    net.dropPath(new float[] {0, 0, 3, 3});
    assertThat(forward(Network.Mode.EVALUATION)).isEqualTo(loss);
    assertThat(net.statistics()).isEqualTo(before);
    forward(Network.Mode.TRAINING);
    assertThat(net.statistics()).isNotEqualTo(before);
  }

  @Test
  void thereIsAnOutputOfThisNumber() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> net.logits(1))
        .withMessageContaining("output");
  }
}
