package io.github.oche.evaluation.golden;

import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.OneStage;
import io.github.oche.bilevel.State;
import io.github.oche.darts.Adam;
import io.github.oche.darts.MiniBatch;
import io.github.oche.darts.SearchOrder;
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
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
    gradients(training, validation, alpha, batch);
    secondOrder(training, validation, batch);
    searchStep(training, validation, batch);
  }

  private MiniBatch batch(String name) {
    int count = golden.shape(name + ".images").get(0);
    return new MiniBatch(
        golden.floats(
            name + ".images", count, shape.channels(), shape.height(), shape.width()),
        golden.ints(name + ".labels", count),
        count);
  }

  private void gradients(MiniBatch training, MiniBatch validation, double[] alpha, int batch) {
    Network network =
        new Network(
            Plan.of(file.supernet.graph(), batch, Plan.Purpose.GRADIENT), workers);
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
        "train.grad (as one)",
        Limits.WEIGHT_GRADIENTS_AS_ONE,
        network.weightGradient(),
        gradient);
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

  private void secondOrder(MiniBatch training, MiniBatch validation, int batch) {
    HeavyBall step =
        new HeavyBall(
            golden.number("eta"), golden.number("momentum"), golden.number("weight_decay"));
    secondOrder(
        "second_order.",
        Limits.FINITE_DIFFERENCE,
        problem(SearchOrder.SECOND, training, validation, batch),
        new OneStage(step, OneStage.Product.FINITE_DIFFERENCE));
    secondOrder(
        "second_order_exact.",
        Limits.ALPHA_GRADIENT,
        problem(SearchOrder.EXACT, training, validation, batch),
        new OneStage(step, OneStage.Product.EXACT));
  }

  private void secondOrder(
      String prefix, Limits limits, SupernetProblem problem, OneStage estimator) {
    INDArray x = Nd4j.createFromArray(alphas);
    INDArray y = Nd4j.createFromArray(w);
    Estimate estimate = estimator.estimate(problem.bilevel(), x, State.atRest(y));
    comparison.add(
        prefix + "alphas_*", limits, estimate.gradient().toFloatVector(), file.alphas(prefix));
  }

  private SupernetProblem problem(
      SearchOrder order, MiniBatch training, MiniBatch validation, int batch) {
    SupernetProblem problem = new SupernetProblem(file.supernet, batch, order, workers);
    problem.training().hold(training);
    problem.validation().hold(validation);
    return problem;
  }

  private void searchStep(MiniBatch training, MiniBatch validation, int batch) {
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
    SearchState state = SearchState.start(w.clone(), alphas.clone());
    SearchStep step =
        new SearchStep(
            problem(SearchOrder.FIRST, training, validation, batch),
            SearchOrder.FIRST,
            weights,
            architecture);
    StepReport report = step.run(state, training, validation, rate);
    comparison.add(
        "step1.alphas_*",
        Limits.ALPHA_AFTER_STEP,
        state.alphas(),
        file.alphas("step1."));
    comparison.add(
        "step1.grad_norm",
        Limits.NORM,
        report.gradientNorm(),
        golden.scalar("step1.grad_norm"));
    comparison.family(
        "step1.weights.*",
        Limits.WEIGHT_AFTER_STEP,
        file.supernet.graph().parameters(),
        state.weights(),
        file.weights("step1.weights."));
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
