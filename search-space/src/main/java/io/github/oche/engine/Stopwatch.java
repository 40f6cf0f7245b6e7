package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Timing.Pass;
import java.util.Arrays;
import java.util.List;

/**
 * Times every step of every pass, always: reading the clock costs some 30 ns, a step a thousand
 * times that.
 */
final class Stopwatch {
  private static final Pass[] PASSES = Pass.values();

  private final Plan plan;
  private final List<Step> steps;
  private final long[] calls;
  private final long[] nanoseconds;
  private final long[] multiplyAdds;
  private final long[] images;
  private long start;

  Stopwatch(Plan plan) {
    this.plan = plan;
    steps = plan.steps();
    int size = steps.size() * PASSES.length;
    calls = new long[size];
    nanoseconds = new long[size];
    multiplyAdds = new long[size];
    images = new long[size];
  }

  /** Bytes that a plan of so many steps takes here. */
  static long bytes(int steps) {
    return 4L * Long.BYTES * PASSES.length * steps;
  }

  void start() {
    start = System.nanoTime();
  }

  /** Ends the time of a step; that of the next begins. */
  void lap(int step, Pass pass, Run run) {
    long now = System.nanoTime();
    int i = step * PASSES.length + pass.ordinal();
    calls[i]++;
    nanoseconds[i] += now - start;
    multiplyAdds[i] +=
        run.count * steps.get(step).multiplyAdds() * products(steps.get(step), pass, run);
    images[i] += run.count;
    start = now;
  }

  /** How many products of the size of the step's own a pass makes. */
  private static int products(Step step, Pass pass, Run run) {
    int gradients = (run.wantWeights ? 1 : 0) + (step.givesGradient(run) ? 1 : 0);
    return switch (pass) {
      case FORWARD -> 1;
      case FORWARD_ALONG -> 2;
      case BACKWARD -> gradients;
      case BACKWARD_ALONG -> 3 * gradients;
    };
  }

  void clear() {
    Arrays.fill(calls, 0);
    Arrays.fill(nanoseconds, 0);
    Arrays.fill(multiplyAdds, 0);
    Arrays.fill(images, 0);
  }

  ImmutableList<Timing> timings() {
    ImmutableList.Builder<Timing> timings = ImmutableList.builder();
    for (int step = 0; step < steps.size(); step++) {
      for (Pass pass : PASSES) {
        int i = step * PASSES.length + pass.ordinal();
        if (calls[i] > 0) {
          long bytes = Float.BYTES * plan.touched(step, pass) / plan.batch() * images[i];
          Step s = steps.get(step);
          timings.add(
              new Timing(
                  s.part(),
                  s.kind(),
                  pass,
                  calls[i],
                  nanoseconds[i] / 1e9,
                  multiplyAdds[i],
                  bytes));
        }
      }
    }
    return timings.build();
  }
}
