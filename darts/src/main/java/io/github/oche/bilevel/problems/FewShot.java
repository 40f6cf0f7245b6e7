package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.DenseLayer;
import io.github.oche.bilevel.Dynamics;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.ImplicitGradient;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.SolverState;
import io.github.oche.bilevel.Trajectory;
import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.meta.Adaptation;
import io.github.oche.bilevel.meta.FirstOrder;
import io.github.oche.bilevel.meta.LearnedRates;
import io.github.oche.bilevel.meta.MetaSolver;
import io.github.oche.bilevel.meta.PreconditionedDescent;
import io.github.oche.bilevel.meta.Proximity;
import io.github.oche.bilevel.meta.StartMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Trains the methods of {@link io.github.oche.bilevel.meta} on {@link Sinusoid} and measures how
 * well new tasks are learned from few shots, against the number of shots and of steps.
 *
 * <p>The same seed gives the same rows. Learners are independent of each other: they may run in
 * threads of their own, each with a {@code FewShot} of its own.
 *
 * @param seed of the weights and of all tasks
 * @param metaSteps how many steps of x, at least 0
 * @param batch tasks a meta step, at least 1
 * @param testTasks tasks on which a learner is measured, none of which it was trained on, at least
 *     2
 */
public record FewShot(long seed, int metaSteps, int batch, int testTasks) {
  /** Points of a task that a learner is trained on, and as many to measure it there. */
  public static final int SHOTS = 10;

  /** The numbers of shots that learners are measured with. */
  public static final ImmutableSortedSet<Integer> TEST_SHOTS = ImmutableSortedSet.of(5, 10, 20);

  /** The numbers of steps after which learners are measured. */
  public static final ImmutableSortedSet<Integer> TEST_STEPS =
      ImmutableSortedSet.of(0, 1, 2, 5, 10);

  private static final int QUERIES = 100; // of a test task
  private static final double RATE = 0.01;
  private static final double META_RATE = 1e-3;
  private static final double LAMBDA = 10;
  private static final double DAMPING = 90;
  private static final double PROXIMAL_RATE = 0.005;
  private static final int LENGTH =
      Sinusoid.NETWORK.stream().mapToInt(DenseLayer::parameters).sum();
  private static final StartMap START = StartMap.first(LENGTH);
  private static final HeavyBall DESCENT = HeavyBall.gradientDescent(RATE);

  /**
   * Creates the experiment.
   *
   * @param seed of the weights and of all tasks
   * @param metaSteps how many steps of x, at least 0
   * @param batch tasks a meta step, at least 1
   * @param testTasks tasks on which a learner is measured, at least 2
   */
  public FewShot {
    checkArgument(metaSteps >= 0, "metaSteps is %s, expected at least 0", metaSteps);
    checkArgument(batch >= 1, "batch is %s, expected at least 1", batch);
    checkArgument(testTasks >= 2, "testTasks is %s, expected at least 2", testTasks);
  }

  /**
   * A size for a first look: 2000 meta steps of 10 tasks, 100 test tasks.
   *
   * @param seed of the weights and of all tasks
   * @return the experiment
   */
  public static FewShot standard(long seed) {
    return new FewShot(seed, 2000, 10, 100);
  }

  /**
   * One number of the result.
   *
   * @param method the learner's name
   * @param shots points that a test task was learned from
   * @param steps steps in which it was learned
   * @param loss mean squared error on other points of the task, the mean over the test tasks that
   *     did not diverge; NaN if there are fewer than two
   * @param halfWidth of the 95 % confidence interval of that mean
   * @param diverged test tasks whose loss was not finite, or above {@link #DIVERGED}
   */
  public record Row(
      String method, int shots, int steps, double loss, double halfWidth, int diverged) {
    /** A loss that no wave has: the largest squared amplitude is 25. */
    public static final double DIVERGED = 1e4;
  }

  /**
   * What became of a learner.
   *
   * @param method the learner's name
   * @param skipped meta steps that failed numerically and moved nothing
   * @param rows one for each number of shots and steps
   */
  public record Result(String method, int skipped, ImmutableList<Row> rows) {}

  /** A method with its settings. */
  public static final class Learner {
    private final String name;
    private final Adaptation training;
    private final Adaptation testing;
    private final IUpdater upper;
    private final double lambda; // 0: none
    private final double rates; // that x holds for each weight too, at the start; 0: none

    private Learner(
        String name,
        Adaptation training,
        Dynamics dynamics,
        IUpdater upper,
        double lambda,
        double rates) {
      this.name = name;
      this.training = training;
      this.upper = upper;
      this.lambda = lambda;
      this.rates = rates;
      testing = Adaptation.of(START, dynamics, TEST_STEPS.last(), ReverseMode.full());
    }

    /**
     * MAML through 1 step, as published.
     *
     * @return a learner with memory of its own
     */
    public static Learner maml() {
      Adaptation training = Adaptation.of(START, DESCENT, 1, ReverseMode.full());
      return new Learner("MAML", training, DESCENT, new Adam(META_RATE), 0, 0);
    }

    /**
     * First-order MAML after 1 step.
     *
     * @return a learner with memory of its own
     */
    public static Learner firstOrderMaml() {
      Adaptation training = Adaptation.of(START, DESCENT, 1, new FirstOrder());
      return new Learner("FO-MAML", training, DESCENT, new Adam(META_RATE), 0, 0);
    }

    /**
     * Reptile after 10 steps.
     *
     * @return a learner with memory of its own
     */
    public static Learner reptile() {
      Adaptation training = Adaptation.reptile(START, DESCENT, 10);
      return new Learner("Reptile", training, DESCENT, new Sgd(0.5), 0, 0);
    }

    /**
     * iMAML, after 16 steps on the shots' loss plus {@code 5 ||y - x||^2}, with conjugate gradients
     * of 5 iterations as published.
     *
     * <p>The Hessian of the shots' loss of this network is indefinite, the more the longer it
     * learns: with lambda + damping of 30 or 50, a few meta steps in a hundred are refused as not
     * positive definite, with 100 none is. As lambda alone that holds y too near to x; as damping
     * it leaves the adaptation free and bends the direction towards first-order MAML. Nothing keeps
     * x where steps of 0.01 are stable, as differentiating through them does for MAML: its steps
     * are of 0.005, while learning and when measured.
     *
     * @return a learner with memory of its own
     */
    public static Learner imaml() {
      return imaml(new ImplicitGradient(new ConjugateGradient(5, 1e-10, DAMPING)));
    }

    /**
     * iMAML with another solver of the linear system.
     *
     * @param implicit solves the linear system
     * @return a learner with memory of its own
     */
    public static Learner imaml(Hypergradient implicit) {
      HeavyBall step = HeavyBall.gradientDescent(PROXIMAL_RATE);
      Adaptation training = Adaptation.of(START, step, 16, checkNotNull(implicit, "implicit"));
      return new Learner("iMAML", training, step, new Adam(META_RATE), LAMBDA, 0);
    }

    /**
     * Meta-SGD through 1 step, as published, its rates starting at that of the others. Rates that
     * are right for one step may be too long for more: beyond it test tasks may diverge, and the
     * rows say how many did.
     *
     * @return a learner with memory of its own
     */
    public static Learner metaSgd() {
      return metaSgd(RATE);
    }

    /** The same with other rates at the start. */
    static Learner metaSgd(double rate) {
      Dynamics dynamics = new PreconditionedDescent(1, new LearnedRates(LENGTH));
      Adaptation training = Adaptation.of(START, dynamics, 1, ReverseMode.full());
      return new Learner("Meta-SGD", training, dynamics, new Adam(META_RATE), 0, rate);
    }

    /** {@return the method's name} */
    public String name() {
      return name;
    }

    private INDArray initial(long seed) {
      INDArray weights = Sinusoid.weights(seed);
      return rates == 0 ? weights : Nd4j.concat(0, weights, weights.like().assign(rates));
    }

    private ImmutableList<BilevelProblem> near(ImmutableList<BilevelProblem> tasks) {
      if (lambda == 0) {
        return tasks;
      }
      ImmutableList.Builder<BilevelProblem> near = ImmutableList.builder();
      for (BilevelProblem task : tasks) {
        near.add(new BilevelProblem(task.upper(), new Proximity(task.lower(), lambda)));
      }
      return near.build();
    }
  }

  /**
   * Trains and measures a learner.
   *
   * @param learner the method
   * @return a row for each number of shots and steps
   */
  public Result run(Learner learner) {
    Sinusoid waves = new Sinusoid(batch, SHOTS, SHOTS);
    ImmutableList<BilevelProblem> tasks = learner.near(waves.draw(seed, 0)); // drawn again in place
    MetaSolver solver = new MetaSolver(learner.training, learner.upper);
    SolverState state = solver.start(learner.initial(seed));
    int skipped = 0;
    for (int k = 0; k < metaSteps; k++) {
      waves.draw(seed, (long) k * batch);
      if (!solver.step(tasks, state).isUsable()) {
        skipped++;
      }
    }
    ImmutableList.Builder<Row> rows = ImmutableList.builder();
    for (int shots : TEST_SHOTS) {
      measure(learner, state.x(), shots, rows);
    }
    return new Result(learner.name, skipped, rows.build());
  }

  private void measure(Learner learner, INDArray x, int shots, ImmutableList.Builder<Row> rows) {
    Sinusoid waves = new Sinusoid(testTasks, shots, QUERIES);
    ImmutableList<BilevelProblem> plain = waves.draw(~seed, 0);
    ImmutableList<BilevelProblem> tasks = learner.near(plain);
    double[] sum = new double[TEST_STEPS.last() + 1];
    double[] squares = new double[sum.length];
    int[] diverged = new int[sum.length];
    for (int i = 0; i < testTasks; i++) {
      Trajectory states = learner.testing.adapt(tasks.get(i), x);
      for (int t : TEST_STEPS) {
        double loss =
            t <= states.steps()
                ? plain.get(i).upper().value(x, states.at(t).y())
                : Double.NaN; // diverged before
        if (loss <= Row.DIVERGED) {
          sum[t] += loss;
          squares[t] += loss * loss;
        } else { // NaN too
          diverged[t]++;
        }
      }
    }
    for (int t : TEST_STEPS) {
      int finite = testTasks - diverged[t];
      double mean = finite < 2 ? Double.NaN : sum[t] / finite;
      double variance = Math.max(0, squares[t] - finite * mean * mean) / (finite - 1);
      double halfWidth = 1.96 * Math.sqrt(variance / finite);
      rows.add(new Row(learner.name, shots, t, mean, halfWidth, diverged[t]));
    }
  }
}
