package io.github.oche.evaluation.golden;

import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.OneStage;
import io.github.oche.bilevel.State;
import io.github.oche.bilevel.Trajectory;
import io.github.oche.darts.Adam;
import io.github.oche.darts.MiniBatch;
import io.github.oche.darts.SearchHypergradient;
import io.github.oche.darts.SearchState;
import io.github.oche.darts.SearchStep;
import io.github.oche.darts.Sgd;
import io.github.oche.darts.StepReport;
import io.github.oche.darts.SupernetProblem;
import io.github.oche.engine.Mixture;
import io.github.oche.engine.Network;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Wanted;
import io.github.oche.engine.Workers;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Genotype;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Files of other sizes than the published ones, computed by the engine itself: they show that
 * nothing in a check depends on a size, not that the engine is right.
 */
final class EngineGoldens {
  private static final float[] NO_MIXING = {};
  private static final double KEPT = 0.75;

  private EngineGoldens() {}

  /** A derived network, with drop path if {@code drops}. */
  static Draft network(
      Genotype genotype, String written, DartsMacro macro, int batch, boolean drops) {
    SplittableRandom random = new SplittableRandom(5);
    DerivedNetwork derived = DerivedNetwork.of(genotype, macro, drops);
    float[] w = derived.graph().parameters().initialise(random);
    MiniBatch images = batch(random, macro.image(), batch, macro.classes());
    Draft draft = new Draft();
    draft
        .meta("kind", "network")
        .meta("genotype", written)
        .meta("channels", macro.channels())
        .meta("layers", macro.cells())
        .meta("classes", macro.classes())
        .meta("auxiliary_weight", macro.auxiliaryWeight())
        .meta("drop_path", 1 - KEPT)
        .put("weights.", derived.graph().parameters(), w);
    put(draft, "", images, macro.image());
    try (Workers workers = new Workers(2)) {
      Network network =
          new Network(Plan.of(derived.graph(), batch, Plan.Purpose.GRADIENT), workers);
      network.load(images.images(), images.labels(), batch);
      if (drops) {
        network.dropPath(masks(draft, derived, macro.cells(), batch, random));
      }
      double loss = network.forward(w, NO_MIXING, Network.Mode.TRAINING);
      draft.put("train.loss", new float[] {(float) loss}, 1);
      draft.put("train.logits", network.logits(0), batch, macro.classes());
      if (macro.auxiliaryWeight() > 0) {
        draft.put("train.logits_aux", network.logits(1), batch, macro.classes());
      }
      network.backward(Wanted.WEIGHTS);
      draft.put("train.grad.", derived.graph().parameters(), network.weightGradient());
      draft.put("buffers.", derived.graph().statistics(), network.statistics());
      network.forward(w, NO_MIXING, Network.Mode.EVALUATION);
      return draft.put("eval.logits", network.logits(0), batch, macro.classes());
    }
  }

  /** Zeros and ones into the file, [operation, image] a cell; zeros and 1 / kept into the slots. */
  private static float[] masks(
      Draft draft, DerivedNetwork derived, int cells, int batch, SplittableRandom random) {
    float[] slots = new float[derived.graph().dropPaths() * batch];
    for (int cell = 0; cell < cells; cell++) {
      int operations = derived.genotype().normal().genes().size();
      float[] masks = new float[operations * batch];
      for (int i = 0; i < masks.length; i++) {
        masks[i] = random.nextDouble() < KEPT ? 1 : 0;
      }
      draft.put("drop_path.masks." + cell, masks, operations, batch);
      for (DerivedNetwork.DropPath path : derived.dropPaths()) {
        for (int i = 0; path.cell() == cell && i < batch; i++) {
          slots[path.slot() * batch + i] = (float) (masks[path.operation() * batch + i] / KEPT);
        }
      }
    }
    return slots;
  }

  /** A supernet with unequal batches. */
  static Draft supernet(Shape shape, int channels, int cells, int classes, int train, int valid) {
    SplittableRandom random = new SplittableRandom(6);
    Supernet supernet = Supernet.of(SearchSpace.darts(shape, channels, cells, classes));
    float[] w = supernet.graph().parameters().initialise(random);
    float[] alphas = new float[supernet.graph().mixingSize()];
    for (int i = 0; i < alphas.length; i++) {
      alphas[i] = (float) (0.5 * random.nextGaussian());
    }
    MiniBatch training = batch(random, shape, train, classes);
    MiniBatch validation = batch(random, shape, valid, classes);
    double rate = 0.05;
    Draft draft = new Draft();
    draft
        .meta("kind", "supernet")
        .meta("channels", channels)
        .meta("layers", cells)
        .meta("classes", classes)
        .meta("eta", rate)
        .meta("momentum", 0.8)
        .meta("weight_decay", 0.001)
        .meta("grad_clip", 2)
        .meta("arch_lr", 0.002)
        .meta("arch_weight_decay", 0.01)
        .put("weights.", supernet.graph().parameters(), w);
    alphas(draft, "", supernet, alphas);
    put(draft, "train.", training, shape);
    put(draft, "valid.", validation, shape);
    int most = Math.max(train, valid);
    try (Workers workers = new Workers(2)) {
      pass(draft, "train", supernet, w, alphas, training, workers);
      pass(draft, "valid", supernet, w, alphas, validation, workers);
      HeavyBall step = new HeavyBall(rate, 0.8, 0.001);
      second(
          draft,
          "second_order.",
          supernet,
          w,
          alphas,
          training,
          validation,
          workers,
          new OneStage(step, OneStage.Product.FINITE_DIFFERENCE));
      second(
          draft,
          "second_order_exact.",
          supernet,
          w,
          alphas,
          training,
          validation,
          workers,
          new OneStage(step, OneStage.Product.EXACT));
      SearchState state = SearchState.start(w.clone(), alphas.clone());
      StepReport report =
          new SearchStep(
                  new SupernetProblem(supernet, most, SearchHypergradient.FIRST, workers),
                  SearchHypergradient.FIRST,
                  new Sgd(rate, rate, 0.8, 0.001, 2),
                  new Adam(0.002, 0.5, 0.999, 1e-8, 0.01))
              .run(state, training, validation, rate);
      alphas(draft, "step1.", supernet, state.alphas());
      draft.put("step1.grad_norm", new float[] {(float) report.gradientNorm()}, 1);
      return draft.put("step1.weights.", supernet.graph().parameters(), state.weights());
    }
  }

  private static void pass(
      Draft draft,
      String name,
      Supernet supernet,
      float[] w,
      float[] alphas,
      MiniBatch batch,
      Workers workers) {
    Network network =
        new Network(Plan.of(supernet.graph(), batch.count(), Plan.Purpose.GRADIENT), workers);
    double[] alpha = new double[alphas.length];
    Arrays.setAll(alpha, i -> alphas[i]);
    float[] mixing = new float[alphas.length];
    supernet.softmax().mixing(alpha, mixing);
    network.load(batch.images(), batch.labels(), batch.count());
    double loss = network.forward(w, mixing, Network.Mode.TRAINING);
    int classes = supernet.graph().outputs().get(0).logits().shape().channels();
    draft.put(name + ".loss", new float[] {(float) loss}, 1);
    draft.put(name + ".logits", network.logits(0), batch.count(), classes);
    network.backward(Wanted.ALL);
    if (name.equals("train")) {
      draft.put("train.grad.", supernet.graph().parameters(), network.weightGradient());
    }
    double[] gradient = new double[alphas.length];
    supernet.softmax().pullback(alpha, network.mixingGradient(), gradient);
    float[] narrow = new float[gradient.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) gradient[i];
    }
    alphas(draft, name + ".grad.", supernet, narrow);
  }

  private static void second(
      Draft draft,
      String prefix,
      Supernet supernet,
      float[] w,
      float[] alphas,
      MiniBatch training,
      MiniBatch validation,
      Workers workers,
      OneStage estimator) {
    int most = Math.max(training.count(), validation.count());
    SupernetProblem problem =
        new SupernetProblem(supernet, most, SearchHypergradient.EXACT, workers);
    problem.training().hold(training);
    problem.validation().hold(validation);
    INDArray x = Nd4j.createFromArray(alphas);
    INDArray y = Nd4j.createFromArray(w);
    float[] gradient =
        estimator
            .estimate(problem.bilevel(), x, Trajectory.still(State.atRest(y)))
            .gradient()
            .toFloatVector();
    alphas(draft, prefix, supernet, gradient);
  }

  private static void alphas(Draft draft, String prefix, Supernet supernet, float[] values) {
    for (Mixture m : supernet.graph().mixtures()) {
      draft.put(
          prefix + m.name(),
          Arrays.copyOfRange(values, m.offset(), m.offset() + m.size()),
          m.rows(),
          m.columns());
    }
  }

  private static void put(Draft draft, String prefix, MiniBatch batch, Shape s) {
    draft.put(
        prefix + "images", batch.images(), batch.count(), s.channels(), s.height(), s.width());
    draft.put(prefix + "labels", batch.labels(), batch.count());
  }

  private static MiniBatch batch(SplittableRandom random, Shape shape, int count, int classes) {
    float[] images = new float[count * shape.size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    return new MiniBatch(images, random.ints(count, 0, classes).toArray(), count);
  }
}
