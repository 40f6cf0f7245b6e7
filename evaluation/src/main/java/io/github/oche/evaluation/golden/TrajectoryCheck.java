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
import io.github.oche.engine.Shape;
import io.github.oche.engine.Workers;
import java.util.Arrays;

/** Two whole searches from one start, and one second-order step from the middle of one. */
final class TrajectoryCheck {
  private final Golden golden;
  private final Comparison comparison;
  private final Workers workers;
  private final Shape shape;
  private final SupernetFile file;
  private final float[] images;
  private final int[] labels;
  private final int batch;

  TrajectoryCheck(Golden golden, Comparison comparison, Workers workers) {
    this.golden = golden;
    this.comparison = comparison;
    this.workers = workers;
    shape = golden.images("images");
    file = new SupernetFile(golden, shape);
    int count = golden.shape("images").get(0);
    images = golden.floats("images", count, shape.channels(), shape.height(), shape.width());
    labels = golden.ints("labels", count);
    batch = golden.positive("batch");
  }

  void run() {
    float[] w = file.weights("weights.");
    float[] alphas = file.alphas("");
    search("trajectory.", golden.positive("steps"), SearchHypergradient.FIRST, w, alphas);
    search(
        "trajectory_order2.",
        golden.positive("second_steps"),
        SearchHypergradient.SECOND,
        w,
        alphas);
    resume();
  }

  private SearchStep step(SearchHypergradient order) {
    HeapException.check(
        "the check",
        SupernetProblem.memoryBytes(file.supernet, batch, order),
        "the batch of the file (" + batch + ")");
    SupernetProblem problem = new SupernetProblem(file.supernet, batch, order, workers);
    return new SearchStep(problem, order, Sgd.published(), Adam.published());
  }

  private void search(
      String prefix, int steps, SearchHypergradient order, float[] w, float[] alphas) {
    int[] training = golden.ints(prefix + "train_indices", steps, batch);
    int[] validation = golden.ints(prefix + "valid_indices", steps, batch);
    float[] expected = golden.floats(prefix + "alphas", steps, 2, file.edges(), file.operations());
    SearchStep step = step(order);
    SearchState state = SearchState.start(w.clone(), alphas.clone());
    float[] validLosses = new float[steps];
    float[] trainLosses = new float[steps];
    float[] norms = new float[steps];
    float[] rates = new float[steps];
    float[] path = new float[steps * alphas.length];
    for (int k = 0; k < steps; k++) {
      double rate = Sgd.published().rate(k, steps);
      StepReport report = step.run(state, batch(training, k), batch(validation, k), rate);
      validLosses[k] = (float) report.validationLoss();
      trainLosses[k] = (float) report.trainingLoss();
      norms[k] = (float) report.gradientNorm();
      rates[k] = (float) rate;
      System.arraycopy(state.alphas(), 0, path, k * alphas.length, alphas.length);
    }
    losses(prefix + "valid_loss", validLosses);
    losses(prefix + "train_loss", trainLosses);
    comparison.add(
        prefix + "learning_rate",
        Limits.RATE,
        rates,
        golden.floats(prefix + "learning_rate", steps));
    comparison.add(
        prefix + "grad_norm", Limits.NONE, norms, golden.floats(prefix + "grad_norm", steps));
    comparison.add(prefix + "alphas", Limits.NONE, path, expected);
  }

  /** The first is compared closely; a search is chaotic, so the later ones are not. */
  private void losses(String name, float[] losses) {
    float[] expected = golden.floats(name, losses.length);
    comparison.add(name + " (step 0)", Limits.FIRST_LOSS, losses[0], expected[0]);
    comparison.eachOf(name + " (later steps)", Limits.LATER_LOSS, losses, expected, 1);
  }

  private MiniBatch batch(int[] indices, int step) {
    int size = shape.size();
    float[] chosen = new float[batch * size];
    int[] of = new int[batch];
    for (int i = 0; i < batch; i++) {
      int image = indices[step * batch + i];
      if (image < 0 || image >= labels.length) {
        throw golden.fault(
            "step " + step + " uses image " + image + " of " + labels.length + " images");
      }
      System.arraycopy(images, image * size, chosen, i * size, size);
      of[i] = labels[image];
    }
    return new MiniBatch(chosen, of, batch);
  }

  private void resume() {
    int updates = golden.whole("resume_adam_updates");
    SearchState state =
        new SearchState(
            file.weights("resume.weights."),
            file.weights("resume.momentum."),
            file.alphas("resume."),
            file.alphas("resume.adam_m."),
            file.alphas("resume.adam_v."),
            updates,
            updates);
    int steps = golden.positive("second_steps");
    int k = golden.whole("resume_step");
    if (k >= steps) {
      throw golden.fault("\"resume_step\" is " + k + " of " + steps + " steps");
    }
    int[] training = golden.ints("trajectory_order2.train_indices", steps, batch);
    int[] validation = golden.ints("trajectory_order2.valid_indices", steps, batch);
    StepReport report =
        step(SearchHypergradient.SECOND)
            .run(state, batch(training, k), batch(validation, k), Sgd.published().rate(k, steps));
    comparison.add(
        "resumed.valid_loss",
        Limits.FORWARD,
        report.validationLoss(),
        golden.scalar("resumed.valid_loss"));
    comparison.add(
        "resumed.train_loss",
        Limits.FORWARD,
        report.trainingLoss(),
        golden.scalar("resumed.train_loss"));
    double[] gradient = report.alphaGradient().toArray();
    float[] narrow = new float[gradient.length];
    Arrays.setAll(gradient, i -> narrow[i] = (float) gradient[i]);
    comparison.add(
        "resumed.grad.alphas_*", Limits.FINITE_DIFFERENCE, narrow, file.alphas("resumed.grad."));
    comparison.add(
        "resumed.alphas_*", Limits.ALPHA_AFTER_STEP, state.alphas(), file.alphas("resumed."));
    comparison.add(
        "resumed.grad_norm",
        Limits.NORM,
        report.gradientNorm(),
        golden.scalar("resumed.grad_norm"));
    comparison.family(
        "resumed.weights.*",
        Limits.WEIGHT_AFTER_STEP,
        file.supernet.graph().parameters(),
        state.weights(),
        file.weights("resumed.weights."));
  }
}
