package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.Aggregated;
import io.github.oche.bilevel.Attitude;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Bvfsm;
import io.github.oche.bilevel.Bvfsm.Parameters;
import io.github.oche.bilevel.Bvfsm.Steps;
import io.github.oche.bilevel.Decay;
import io.github.oche.bilevel.Dynamics;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.F2sa;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.ImplicitGradient;
import io.github.oche.bilevel.Mixing;
import io.github.oche.bilevel.NestedSolver;
import io.github.oche.bilevel.PenaltyRamp;
import io.github.oche.bilevel.PenaltyScale;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.SolverState;
import io.github.oche.bilevel.Start;
import io.github.oche.bilevel.Trajectory;
import io.github.oche.bilevel.Vpbgd;
import io.github.oche.bilevel.Work;
import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.NeumannSeries;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.CorruptedSamples.Detection;
import io.github.oche.bilevel.problems.HyperCleaning.Model;
import java.util.List;
import java.util.function.DoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Compares methods on {@link HyperCleaning}: the same data, the same corrupted labels and the same
 * start for each.
 *
 * <p>No test sample took part in the choice of settings. The two rates of each method are those of
 * nine {@linkplain Method#candidates candidates} with the best accuracy on training images of the
 * Fashion-MNIST sample that were {@linkplain HyperCleaning#heldOut held out}; for the perceptron
 * only those of the two reverse methods, on 300 images, while the others keep the rate in the
 * middle. All else (steps, penalties, barriers, damping) was set by hand and not tuned.
 */
public final class CleaningStudy {
  private static final int PENALTY_STEPS = 300; // of V-PBGD, as long as its penalty grows
  private static final double UPPER_SHARE = 0.3; // of F in the steps of BDA
  private static final Parameters BARRIER =
      new Parameters(0.001, 0.001, 0.1, 0.1, new Decay.Power(0.5));

  private CleaningStudy() {}

  /** Makes a solver of two rates. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Makes a solver, which keeps memory of its own.
     *
     * @param rate that the steps of y are multiples of
     * @param upperRate of Adam, which moves x
     * @return the solver
     */
    Solver make(double rate, double upperRate);
  }

  /**
   * A method of the comparison: a composition, its rates and how long it runs.
   *
   * @param name as in tables
   * @param steps of the upper variable
   * @param rate that the steps of y are multiples of
   * @param upperRate of Adam, which moves x
   * @param maker makes the solver
   */
  public record Method(String name, int steps, double rate, double upperRate, Maker maker) {
    private static final ImmutableList<Double> FACTORS = ImmutableList.of(0.5, 1.0, 2.0);
    private static final ImmutableList<Double> UPPER_RATES = ImmutableList.of(0.1, 0.3, 1.0);

    /**
     * Creates a method.
     *
     * @param name as in tables
     * @param steps of the upper variable, at least 1
     * @param rate that the steps of y are multiples of, positive
     * @param upperRate of Adam, which moves x, positive
     * @param maker makes the solver
     */
    public Method {
      checkNotNull(name, "name");
      checkNotNull(maker, "maker");
      checkArgument(steps >= 1, "steps is %s, expected at least 1", steps);
      checkArgument(rate > 0, "rate is %s, expected a positive number", rate);
      checkArgument(upperRate > 0, "upperRate is %s, expected a positive number", upperRate);
    }

    /** {@return a solver with memory of its own} */
    public Solver solver() {
      return maker.make(rate, upperRate);
    }

    /**
     * The settings among which {@link CleaningStudy#methods} chose: half, the same and twice a
     * rate, with three upper rates each.
     *
     * @param middle the rate in the middle
     * @return nine methods of this name
     */
    public ImmutableList<Method> candidates(double middle) {
      ImmutableList.Builder<Method> candidates = ImmutableList.builder();
      for (double factor : FACTORS) {
        for (double upper : UPPER_RATES) {
          candidates.add(new Method(name, steps, factor * middle, upper, maker));
        }
      }
      return candidates.build();
    }
  }

  /**
   * What one run came to.
   *
   * @param accuracy share of the test samples that the final y gets right
   * @param detection of the clean samples by the final x
   * @param work of all steps
   * @param seconds of all steps
   * @param steps that were made: fewer than wanted if one failed
   * @param outcome the failure that ended it; else {@link Outcome#STEP_LIMIT} if a step ran into it
   * @param residual the largest of an implicit method's linear systems, NaN without them
   */
  public record Run(
      double accuracy,
      Detection detection,
      Work work,
      double seconds,
      long steps,
      Outcome outcome,
      double residual) {}

  /**
   * A mean with its spread.
   *
   * @param mean of the runs
   * @param deviation standard deviation with n - 1; NaN of a single run
   */
  public record Spread(double mean, double deviation) {
    /**
     * Of some numbers.
     *
     * @param numbers at least one
     * @return mean and deviation
     */
    public static Spread of(double... numbers) {
      double sum = 0;
      for (double number : numbers) {
        sum += number;
      }
      double mean = sum / numbers.length;
      double squares = 0;
      for (double number : numbers) {
        squares += (number - mean) * (number - mean);
      }
      return new Spread(mean, Math.sqrt(squares / (numbers.length - 1))); // 0/0 is NaN
    }
  }

  /**
   * A row of the table: one method over all seeds.
   *
   * @param method its name
   * @param runs one a seed
   */
  public record Row(String method, ImmutableList<Run> runs) {
    /** {@return share of the test samples that are right} */
    public Spread accuracy() {
      return Spread.of(runs.stream().mapToDouble(Run::accuracy).toArray());
    }

    /** {@return F1 of the detection of clean samples} */
    public Spread f1() {
      return Spread.of(runs.stream().mapToDouble(run -> run.detection().f1()).toArray());
    }

    /** {@return mean precision of the detection} */
    public double precision() {
      return Spread.of(runs.stream().mapToDouble(run -> run.detection().precision()).toArray())
          .mean();
    }

    /** {@return mean recall of the detection} */
    public double recall() {
      return Spread.of(runs.stream().mapToDouble(run -> run.detection().recall()).toArray()).mean();
    }

    /** {@return mean seconds of a run} */
    public double seconds() {
      return Spread.of(runs.stream().mapToDouble(Run::seconds).toArray()).mean();
    }

    /** {@return the work of the first run; others differ only where a method decides} */
    public Work work() {
      return runs.get(0).work();
    }

    /** {@return the first failure, or else the worst of the runs' outcomes} */
    public Outcome outcome() {
      return runs.stream().map(Run::outcome).reduce(Outcome.DONE, Outcome::and);
    }

    /** {@return the largest residual of a linear system, NaN without them} */
    public double residual() {
      return runs.stream().mapToDouble(Run::residual).max().orElse(Double.NaN);
    }
  }

  /**
   * A number that somebody else measured.
   *
   * @param method as above
   * @param model linear or MLP
   * @param accuracy in percent
   * @param f1 in percent; NaN where it is not given
   * @param source who measured it
   */
  public record Published(String method, Model model, double accuracy, double f1, String source) {}

  private static final String MLS_BENCH = "MLS-bench, a third party's runs, MNIST 5,000/5,000";

  /**
   * What others measured, as far as the source is certain. The tables of the papers differ from
   * each other by up to three points for one method: compare the order.
   *
   * @return the rows
   */
  public static ImmutableList<Published> published() {
    return ImmutableList.of(
        new Published("reverse", Model.LINEAR, 84.63, Double.NaN, MLS_BENCH),
        new Published("truncated", Model.LINEAR, 84.61, 89.5, MLS_BENCH),
        new Published("V-PBGD", Model.LINEAR, 90, 91.7, MLS_BENCH),
        new Published("reverse", Model.MLP, 84.79, Double.NaN, MLS_BENCH),
        new Published("truncated", Model.MLP, 84.79, 89.5, MLS_BENCH),
        new Published("V-PBGD", Model.MLP, 91.5, Double.NaN, MLS_BENCH));
  }

  /**
   * The methods with the rates that were chosen for them. One more line adds a method.
   *
   * @param model what the lower variable is
   * @return the methods in the order of the table
   */
  public static ImmutableList<Method> methods(Model model) {
    Choice of = new Choice(model);
    return ImmutableList.of(
        of.method("reverse", 30, 0.05, 0.3, 0.1, 0.3, unrolled(r -> ReverseMode.full())),
        of.method("truncated", 30, 0.025, 1, 0.1, 0.3, unrolled(r -> new ReverseMode(3))),
        of.method("CG", 30, 0.025, 1, 0.2, 0.3, unrolled(r -> new ImplicitGradient(cg(model)))),
        of.method("Neumann", 30, 0.05, 1, 0.2, 0.3, unrolled(CleaningStudy::neumann)),
        of.method("BDA", 30, 0.1, 0.1, 0.2, 0.3, CleaningStudy::aggregated),
        of.method("IAPTT", 80, 0.1, 1, 0.2, 0.3, CleaningStudy::learnedStart),
        of.method("BVFIM", 30, 0.025, 0.3, 0.2, 0.3, CleaningStudy::barrier),
        of.method("V-PBGD", PENALTY_STEPS, 0.05, 1, 0.2, 0.3, CleaningStudy::penalty),
        of.method("F2SA", 60, 0.1, 1, 0.2, 0.3, CleaningStudy::difference));
  }

  /** The rates of a model among those of both. */
  private record Choice(Model model) {
    Method method(
        String name,
        int steps,
        double linear,
        double linearUpper,
        double mlp,
        double mlpUpper,
        Maker maker) {
      return model == Model.LINEAR
          ? new Method(name, steps, linear, linearUpper, maker)
          : new Method(name, steps, mlp, mlpUpper, maker);
    }
  }

  private static Maker unrolled(DoubleFunction<Hypergradient> hypergradient) {
    return (rate, upperRate) ->
        new NestedSolver(
            momentum(rate), 10, Start.WARM, hypergradient.apply(rate), new Adam(upperRate));
  }

  private static Solver aggregated(double rate, double upperRate) {
    Dynamics both = new Aggregated(2 * rate, 3 * rate, Mixing.constant(UPPER_SHARE));
    return new NestedSolver(both, 10, Start.WARM, ReverseMode.full(), new Adam(upperRate));
  }

  private static Solver learnedStart(double rate, double upperRate) {
    return new NestedSolver(
        momentum(rate),
        5,
        new Start.Learned(4 * rate),
        new ReverseMode(Hypergradient.ALL, ReverseMode.Cut.WORST_UPPER),
        new Adam(upperRate));
  }

  private static Solver barrier(double rate, double upperRate) {
    Steps inner = new Steps(10, 6 * rate, 10, 6 * rate, 0);
    return new Bvfsm(Attitude.OPTIMISTIC, BARRIER, inner, ImmutableList.of(), new Adam(upperRate));
  }

  private static Solver penalty(double rate, double upperRate) {
    return new Vpbgd(
        PenaltyRamp.linear(0, 1, PENALTY_STEPS),
        PenaltyScale.DIVIDED,
        1,
        2 * rate,
        2 * rate,
        new Adam(upperRate));
  }

  private static Solver difference(double rate, double upperRate) {
    return F2sa.difference(1, 5, 2 * rate, new Adam(upperRate));
  }

  /** Damped: f of the linear model has flat directions, that of the perceptron descending ones. */
  private static ConjugateGradient cg(Model model) {
    return new ConjugateGradient(10, 1e-6, model == Model.LINEAR ? 0.01 : 1);
  }

  /** Cut whether it converges or not, which it does not where f is not convex. */
  private static Hypergradient neumann(double rate) {
    return new ImplicitGradient(NeumannSeries.truncated(10, 2 * rate));
  }

  private static HeavyBall momentum(double rate) {
    return new HeavyBall(rate, 0.9, 0);
  }

  /**
   * The rate in the middle of those that were tried, with which baselines train too.
   *
   * @param model what the lower variable is
   * @return a step of y
   */
  public static double rate(Model model) {
    return model == Model.LINEAR ? 0.05 : 0.2;
  }

  /**
   * Runs a method over several problems, one a seed.
   *
   * @param method what to run
   * @param problems the problems
   * @param seeds of the start of y, one a problem
   * @return the row
   */
  public static Row row(Method method, List<HyperCleaning> problems, List<Long> seeds) {
    ImmutableList.Builder<Run> runs = ImmutableList.builder();
    for (int i = 0; i < problems.size(); i++) {
      runs.add(run(method, problems.get(i), seeds.get(i)));
    }
    return new Row(method.name(), runs.build());
  }

  /**
   * Runs a method once.
   *
   * @param method what to run
   * @param cleaning the problem
   * @param seed of the start of y
   * @return what it came to; a step that fails ends the run
   */
  public static Run run(Method method, HyperCleaning cleaning, long seed) {
    Solver solver = method.solver();
    SolverState state = solver.start(cleaning.startX(), cleaning.startY(seed));
    Work work = Work.NONE;
    Outcome outcome = Outcome.DONE;
    double residual = Double.NaN;
    long started = System.nanoTime();
    for (int k = 0; k < method.steps() && outcome.isUsable(); k++) {
      Estimate estimate = solver.step(cleaning.problem(), state);
      work = work.plus(estimate.work());
      outcome = outcome.and(estimate.outcome());
      residual =
          Double.isNaN(residual) ? estimate.residual() : Math.max(residual, estimate.residual());
    }
    return new Run(
        cleaning.accuracy(state.y()),
        cleaning.train().detection(state.x()),
        work,
        (System.nanoTime() - started) / 1e9,
        state.steps(),
        outcome,
        residual);
  }

  /** What training comes to whose sample weights are given: what a method should beat. */
  public enum Baseline {
    /** All training samples, corrupted ones too. */
    ALL_SAMPLES("train on all"),
    /** The samples that were not replaced alone: somebody told which. */
    CLEAN_SAMPLES("train on the clean"),
    /** The validation samples alone, whose labels every method sees. */
    VALIDATION("train on validation");

    private final String title;

    Baseline(String title) {
      this.title = title;
    }

    /** {@return its name in tables} */
    public String title() {
      return title;
    }

    private double weight(HyperCleaning cleaning, int sample) {
      return this == CLEAN_SAMPLES ? (cleaning.train().isReplaced(sample) ? -40 : 40) : 0;
    }
  }

  /**
   * Trains once with weights that are given: as many lower steps as "reverse" makes.
   *
   * @param baseline which samples
   * @param cleaning the problem
   * @param model what y is
   * @param seed of the start of y
   * @return the accuracy of y; there is nothing to detect
   */
  public static double accuracy(Baseline baseline, HyperCleaning cleaning, Model model, long seed) {
    INDArray x = cleaning.startX();
    for (int i = 0; i < x.length(); i++) {
      x.putScalar(i, baseline.weight(cleaning, i));
    }
    BilevelProblem problem = cleaning.problem();
    if (baseline == Baseline.VALIDATION) {
      problem = new BilevelProblem(problem.upper(), problem.upper());
    }
    HeavyBall step = momentum(rate(model));
    Trajectory training = Trajectory.keeping(step, 300, 0);
    return cleaning.accuracy(
        training.run(problem, x, step.start(cleaning.startY(seed))).last().y());
  }
}
