package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.oche.space.Cost;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimingTest {
  private static final int BATCH = 3;

  private final Supernet supernet = Supernet.of(SearchSpace.darts(new Shape(3, 16, 16), 8, 3, 10));
  private final Plan plan = Plan.of(supernet.graph(), BATCH, Plan.Purpose.GRADIENT);

  private Network network(Workers workers) {
    Network network = new Network(plan, workers);
    network.load(new float[BATCH * 3 * 16 * 16], new int[BATCH], BATCH);
    return network;
  }

  private void forward(Network network) {
    network.forward(
        supernet.graph().parameters().initialise(new SplittableRandom(1)),
        new float[supernet.graph().mixingSize()],
        Network.Mode.TRAINING);
  }

  private static long multiplyAdds(List<Timing> timings, Timing.Pass pass) {
    return timings.stream().filter(t -> t.pass() == pass).mapToLong(Timing::multiplyAdds).sum();
  }

  @Test
  void aForwardPassMakesTheMultiplyAddsThatTheCostCounts() {
    try (Workers workers = new Workers(1)) {
      Network network = network(workers);
      forward(network);
      long classifier = 8 * 4 * 4 * 10; // the one layer of which timings count nothing
      assertThat(multiplyAdds(network.timings(), Timing.Pass.FORWARD))
          .isEqualTo(BATCH * (Cost.of(supernet.graph()).multiplyAdds() - classifier));
    }
  }

  @Test
  void theArchitecturesGradientTakesLessThanHalfOfAllProducts() {
    try (Workers workers = new Workers(1)) {
      Network network = network(workers);
      forward(network);
      network.backward(Wanted.ALL);
      long all = multiplyAdds(network.timings(), Timing.Pass.BACKWARD);
      network.clearTimings();
      forward(network);
      network.backward(Wanted.MIXING);
      long mixing = multiplyAdds(network.timings(), Timing.Pass.BACKWARD);
      assertThat((double) mixing / all).isBetween(0.3, 0.5);
    }
  }

  @Test
  void eachStepIsNamedAndCountedUntilTheTimingsAreCleared() {
    try (Workers workers = new Workers(1)) {
      Network network = network(workers);
      assertThat(network.timings()).isEmpty();
      forward(network);
      forward(network);
      List<Timing> timings = network.timings();
      assertThat(timings).hasSameSizeAs(plan.steps().stream().filter(Step::worksForward).toList());
      assertThat(timings).allMatch(t -> t.calls() == 2 && t.seconds() > 0);
      assertThat(timings)
          .anyMatch(
              t ->
                  t.part().equals("cells.1._ops.0._ops.4")
                      && t.kind().equals("separable 3x3, stride 2"))
          .anyMatch(t -> t.part().startsWith("cells.0") && t.kind().equals("max pool 3x3"))
          .anyMatch(t -> t.part().isEmpty() && t.kind().equals("classifier"));
      network.clearTimings();
      assertThat(network.timings()).isEmpty();
    }
  }

  @Test
  void aStepMovesTheBytesOfTheTensorsThatItTouches() {
    GraphBuilder g = new GraphBuilder();
    Node x = g.pointwise("c", g.input(16, 4, 4), 32);
    Graph graph =
        g.build(List.of(new Output("logits", g.linear("l", g.globalAveragePool(x), 2), 1)));
    try (Workers workers = new Workers(1)) {
      Network network = new Network(Plan.of(graph, 2, Plan.Purpose.SCORE), workers);
      network.load(new float[2 * 16 * 16], new int[2], 2);
      network.forward(new float[graph.parameters().size()], new float[0], Network.Mode.EVALUATION);
      Timing convolution =
          network.timings().stream()
              .filter(t -> t.kind().startsWith("conv"))
              .findFirst()
              .orElseThrow();
      assertThat(convolution.bytes()).isEqualTo(4L * 2 * (16 + 32) * 16);
      assertThat(convolution.multiplyAdds()).isEqualTo(2L * 16 * 32 * 16);
    }
  }

  @Test
  void theMachinesSpeedIsMeasured() {
    try (Workers workers = new Workers(1)) {
      MachineSpeed speed = MachineSpeed.measure(workers);
      assertThat(speed.multiplyAdds()).isBetween(1e8, 1e13);
      assertThat(speed.bytes()).isBetween(1e8, 1e13);
    }
  }
}
