package io.github.oche.evaluation.golden;

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

/** A derived network: one pass forwards and backwards in training, and one in evaluation. */
final class NetworkCheck {
  private static final float[] NO_MIXING = {};

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
    boolean drops = golden.has("drop_path.masks.0");
    int classes = golden.whole("classes");
    DartsMacro macro =
        DartsMacro.of(shape, golden.whole("channels"), golden.whole("layers"), classes)
            .withAuxiliary(auxiliary ? golden.number("auxiliary_weight") : 0);
    DerivedNetwork derived = DerivedNetwork.of(genotype(), macro, drops);
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
    Network network = new Network(Plan.of(graph, count, Plan.Purpose.GRADIENT), workers);
    network.load(
        golden.floats("images", count, shape.channels(), shape.height(), shape.width()),
        golden.ints("labels", count),
        count);
    if (drops) {
      network.dropPath(masks(derived, count));
    }
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
    float[] gradient = golden.table("train.grad.", graph.parameters());
    comparison.family(
        "train.grad.*",
        Limits.WEIGHT_GRADIENT,
        graph.parameters(),
        network.weightGradient(),
        gradient);
    comparison.add(
        "train.grad (as one)",
        Limits.WEIGHT_GRADIENTS_AS_ONE,
        network.weightGradient(),
        gradient);
    comparison.family(
        "buffers.*",
        Limits.FORWARD,
        graph.statistics(),
        network.statistics(),
        golden.table("buffers.", graph.statistics()));
    network.forward(w, NO_MIXING, Network.Mode.EVALUATION);
    comparison.add(
        "eval.logits",
        Limits.FORWARD,
        network.logits(0),
        golden.floats("eval.logits", count, classes));
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
            throw golden.fault(
                "\"" + name + "\" has no row for operation " + path.operation());
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
