package io.github.oche.evaluation.golden;

import io.github.oche.darts.Adam;
import io.github.oche.darts.HeapException;
import io.github.oche.darts.MiniBatch;
import io.github.oche.darts.SearchHypergradient;
import io.github.oche.darts.SearchState;
import io.github.oche.darts.SearchStep;
import io.github.oche.darts.Sgd;
import io.github.oche.darts.StepReport;
import io.github.oche.darts.SupernetProblem;
import io.github.oche.engine.Network;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Wanted;
import io.github.oche.engine.Workers;
import io.github.oche.space.Discretisation;
import io.github.oche.space.Genotype;

/** A supernet: gradients on two batches, both second orders, and one search step. */
final class SupernetCheck {
  private final Golden golden;
  private final Comparison comparison;
  private final Workers workers;
  private final SupernetFile file;
  private final Shape shape;
  private final float[] w;
  private final float[] alphas;

  SupernetCheck(Golden golden, Comparison comparison, Workers workers) {
    this.golden = golden;
    this.comparison = comparison;
    this.workers = workers;
    shape = golden.images("train.images");
    file = new SupernetFile(golden, shape);
    w = file.weights("weights.");
    alphas = file.alphas("");
  }

  void run() {
    MiniBatch training = batch("train");
    MiniBatch validation = batch("valid");
    double[] alpha = widen(alphas);
    if (golden.hasText("params")) {
      comparison.add("params", Limits.EXACT, w.length, golden.number("params"));
    }
    if (golden.hasText("genotype")) {
      comparison.equal(
          "genotype",
          file.supernet.genotype(
              file.supernet.softmax().weights(alpha), Discretisation.published()),
          Genotype.parse(golden.text("genotype")));
    }
    int batch = Math.max(training.count(), validation.count());
    HeapException.check(
        "the check",
        SupernetProblem.memoryBytes(file.supernet, batch, SearchHypergradient.EXACT),
        "the images of the file");
    gradients(training, validation, alpha, batch);
    secondOrder(training, validation, batch);
    firstStep(training, validation, batch);
  }

  private MiniBatch batch(String name) {
    golden.images(name + ".images");
    int count = golden.shape(name + ".images").get(0);
    return new MiniBatch(
        golden.floats(name + ".images", count, shape.channels(), shape.height(), shape.width()),
        golden.ints(name + ".labels", count),
        count);
  }

  private void gradients(MiniBatch training, MiniBatch validation, double[] alpha, int batch) {
    Network network =
        new Network(Plan.of(file.supernet.graph(), batch, Plan.Purpose.GRADIENT), workers);
    float[] mixing = new float[alpha.length];
    file.supernet.softmax().mixing(alpha, mixing);
    forward(network, "train", training, mixing);
    network.backward(Wanted.ALL);
    float[] gradient = golden.table("train.grad.", file.supernet.graph().parameters());
    comparison.family(
        "train.grad.*",
        Limits.WEIGHT_GRADIENT,
        file.supernet.graph().parameters(),
        network.weightGradient(),
        gradient);
    comparison.add(
        "train.grad (as one)", Limits.WEIGHT_GRADIENTS_AS_ONE, network.weightGradient(), gradient);
    alphaGradient(network, "train", alpha);
    forward(network, "valid", validation, mixing);
    network.backward(Wanted.MIXING);
    alphaGradient(network, "valid", alpha);
  }

  private void forward(Network network, String name, MiniBatch batch, float[] mixing) {
    network.load(batch.images(), batch.labels(), batch.count());
    double loss = network.forward(w, mixing, Network.Mode.TRAINING);
    comparison.add(
        name + ".logits",
        Limits.FORWARD,
        network.logits(0),
        golden.floats(name + ".logits", batch.count(), file.classes));
    comparison.add(name + ".loss", Limits.FORWARD, loss, golden.scalar(name + ".loss"));
  }

  private void alphaGradient(Network network, String name, double[] alpha) {
    double[] gradient = new double[alpha.length];
    file.supernet.softmax().pullback(alpha, network.mixingGradient(), gradient);
    comparison.add(
        name + ".grad.alphas_*",
        Limits.ALPHA_GRADIENT,
        narrow(gradient),
        file.alphas(name + ".grad."));
  }

  /** The gradient that a search step of either second order takes, from rest. */
  private void secondOrder(MiniBatch training, MiniBatch validation, int batch) {
    secondOrder(
        "second_order.",
        Limits.FINITE_DIFFERENCE,
        SearchHypergradient.SECOND,
        training,
        validation,
        batch);
    secondOrder(
        "second_order_exact.",
        Limits.ALPHA_GRADIENT,
        SearchHypergradient.EXACT,
        training,
        validation,
        batch);
  }

  private void secondOrder(
      String prefix,
      Limits limits,
      SearchHypergradient order,
      MiniBatch training,
      MiniBatch validation,
      int batch) {
    StepReport report =
        step(order, training, validation, batch, SearchState.start(w.clone(), alphas.clone()));
    comparison.add(
        prefix + "alphas_*", limits, narrow(report.alphaGradient().toArray()), file.alphas(prefix));
  }

  private void firstStep(MiniBatch training, MiniBatch validation, int batch) {
    SearchState state = SearchState.start(w.clone(), alphas.clone());
    StepReport report = step(SearchHypergradient.FIRST, training, validation, batch, state);
    comparison.add(
        "step1.alphas_*", Limits.ALPHA_AFTER_STEP, state.alphas(), file.alphas("step1."));
    comparison.add(
        "step1.grad_norm", Limits.NORM, report.gradientNorm(), golden.scalar("step1.grad_norm"));
    comparison.family(
        "step1.weights.*",
        Limits.WEIGHT_AFTER_STEP,
        file.supernet.graph().parameters(),
        state.weights(),
        file.weights("step1.weights."));
  }

  private StepReport step(
      SearchHypergradient order,
      MiniBatch training,
      MiniBatch validation,
      int batch,
      SearchState state) {
    double rate = golden.number("eta");
    Sgd weights =
        new Sgd(
            rate,
            rate,
            golden.number("momentum"),
            golden.number("weight_decay"),
            golden.number("grad_clip"));
    Adam published = Adam.published();
    Adam architecture =
        new Adam(
            golden.number("arch_lr"),
            published.beta1(),
            published.beta2(),
            published.epsilon(),
            golden.number("arch_weight_decay"));
    SupernetProblem problem = new SupernetProblem(file.supernet, batch, order, workers);
    return new SearchStep(problem, order, weights, architecture)
        .run(state, training, validation, rate);
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
