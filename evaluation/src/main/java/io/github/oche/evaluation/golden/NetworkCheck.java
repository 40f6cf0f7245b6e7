package io.github.oche.evaluation.golden;

import com.google.common.collect.ImmutableSet;
import io.github.oche.darts.HeapException;
import io.github.oche.darts.MiniBatch;
import io.github.oche.engine.Graph;
import io.github.oche.engine.Network;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Wanted;
import io.github.oche.engine.Workers;
import io.github.oche.space.Cost;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.util.Arrays;

/** A derived network: one pass forwards and backwards in training, and one in evaluation. */
final class NetworkCheck {
  private static final float[] NO_MIXING = {};
  private static final double PUBLISHED_AUXILIARY_WEIGHT = 0.4;

  private final Golden golden;
  private final Comparison comparison;
  private final Workers workers;

  NetworkCheck(Golden golden, Comparison comparison, Workers workers) {
    this.golden = golden;
    this.comparison = comparison;
    this.workers = workers;
  }

  void run() {
    Shape shape = golden.images("images");
    int count = golden.shape("images").get(0);
    boolean auxiliary = golden.has("train.logits_aux");
    boolean drops = golden.hasAnyOf("drop_path.masks.");
    int classes = golden.whole("classes");
    DartsMacro macro =
        DartsMacro.of(shape, golden.whole("channels"), golden.whole("layers"), classes)
            .withAuxiliary(auxiliary ? auxiliaryWeight() : 0);
    Genotype genotype = genotype();
    DerivedNetwork derived = DerivedNetwork.of(genotype, macro, drops);
    Graph graph = derived.graph();
    Cost cost = Cost.of(graph);
    if (golden.hasText("params")) {
      comparison.add("params", Limits.EXACT, (double) cost.parameters(), golden.number("params"));
    }
    if (golden.hasText("params_with_auxiliary")) {
      comparison.add(
          "params_with_auxiliary",
          Limits.EXACT,
          (double) cost.parametersWithAuxiliary(),
          golden.number("params_with_auxiliary"));
    }

    float[] w = golden.table("weights.", graph.parameters());
    MiniBatch batch =
        new MiniBatch(
            golden.floats("images", count, shape.channels(), shape.height(), shape.width()),
            golden.ints("labels", count),
            count);
    Network network = network(derived, batch);
    double loss = network.forward(w, NO_MIXING, Network.Mode.TRAINING);
    comparison.add(
        "train.logits",
        Limits.FORWARD,
        network.logits(0),
        golden.floats("train.logits", count, classes));
    if (auxiliary) {
      comparison.add(
          "train.logits_aux",
          Limits.FORWARD,
          network.logits(1),
          golden.floats("train.logits_aux", count, classes));
    }
    comparison.add("train.loss", Limits.FORWARD, loss, golden.scalar("train.loss"));
    network.backward(Wanted.WEIGHTS);
    ImmutableSet<String> idle = IdleParts.parameters(graph);
    float[] gradient = golden.table("train.grad.", graph.parameters(), idle);
    comparison.family(
        "train.grad.*",
        Limits.WEIGHT_GRADIENT,
        graph.parameters(),
        network.weightGradient(),
        gradient);
    comparison.add(
        "train.grad (as one)", Limits.WEIGHT_GRADIENTS_AS_ONE, network.weightGradient(), gradient);
    comparison.family(
        "buffers.*",
        Limits.FORWARD,
        graph.statistics(),
        idle.isEmpty()
            ? network.statistics()
            : statistics(IdleParts.run(genotype, macro, drops), batch, w),
        golden.table("buffers.", graph.statistics()));
    network.forward(w, NO_MIXING, Network.Mode.EVALUATION);
    comparison.add(
        "eval.logits",
        Limits.FORWARD,
        network.logits(0),
        golden.floats("eval.logits", count, classes));
  }

  private Network network(DerivedNetwork derived, MiniBatch batch) {
    Plan plan = Plan.of(derived.graph(), batch.count(), Plan.Purpose.GRADIENT);
    HeapException.check("the check", plan.memoryBytes(), "the images of the file");
    Network network = new Network(plan, workers);
    network.load(batch.images(), batch.labels(), batch.count());
    if (derived.graph().dropPaths() > 0) {
      network.dropPath(masks(derived, batch.count()));
    }
    return network;
  }

  /** Running statistics of a network that runs idle parts too, whose own weights come first. */
  private float[] statistics(DerivedNetwork all, MiniBatch batch, float[] w) {
    Network network = network(all, batch);
    network.forward(
        Arrays.copyOf(w, all.graph().parameters().size()), NO_MIXING, Network.Mode.TRAINING);
    return network.statistics();
  }

  private double auxiliaryWeight() {
    if (!golden.hasText("auxiliary_weight")) {
      return PUBLISHED_AUXILIARY_WEIGHT;
    }
    double weight = golden.number("auxiliary_weight");
    if (weight == 0) {
      throw golden.fault("metadata \"auxiliary_weight\" is 0, but there is \"train.logits_aux\"");
    }
    return weight;
  }

  private Genotype genotype() {
    String text = golden.text("genotype");
    return text.contains("[") ? Genotype.parse(text) : Genotypes.named(text);
  }

  /** The file's masks, [operation, image] for each cell, in the order of the network's slots. */
  private float[] masks(DerivedNetwork derived, int count) {
    double kept = 1 - golden.number("drop_path");
    if (!(kept > 0 && kept <= 1)) {
      throw golden.fault("metadata \"drop_path\" must be at least 0 and less than 1");
    }
    float[] masks = new float[derived.graph().dropPaths() * count];
    int cells = golden.whole("layers");
    for (int cell = 0; cell < cells; cell++) {
      String name = "drop_path.masks." + cell;
      if (!golden.has(name) || golden.shape(name).size() != 2) {
        throw golden.fault("there is no tensor \"" + name + "\" of shape [operations, images]");
      }
      int operations = golden.shape(name).get(0);
      float[] values = golden.floats(name, operations, count);
      for (DerivedNetwork.DropPath path : derived.dropPaths()) {
        if (path.cell() == cell) {
          if (path.operation() >= operations) {
            throw golden.fault("\"" + name + "\" has no row for operation " + path.operation());
          }
          for (int image = 0; image < count; image++) {
            masks[path.slot() * count + image] =
                (float) (values[path.operation() * count + image] / kept);
          }
        }
      }
    }
    return masks;
  }
}
