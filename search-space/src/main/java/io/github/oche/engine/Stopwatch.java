package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Timing.Pass;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Times every step of every pass, always: reading the clock costs some 30 ns, a step a thousand
 * times that.
 */
final class Stopwatch {
  private final Plan plan;
  private final List<Step> steps;
  private final EnumMap<Pass, Laps> passes = new EnumMap<>(Pass.class);
  private long start;

  /** What each step has taken in one kind of pass. */
  private static final class Laps {
    final long[] calls;
    final long[] nanoseconds;
    final long[] multiplyAdds;
    final long[] images;

    Laps(int steps) {
      calls = new long[steps];
      nanoseconds = new long[steps];
      multiplyAdds = new long[steps];
      images = new long[steps];
    }

    void clear() {
      Arrays.fill(calls, 0);
      Arrays.fill(nanoseconds, 0);
      Arrays.fill(multiplyAdds, 0);
      Arrays.fill(images, 0);
    }
  }

  Stopwatch(Plan plan) {
    this.plan = plan;
    steps = plan.steps();
    for (Pass pass : Pass.values()) {
      passes.put(pass, new Laps(steps.size()));
    }
  }

  /** Bytes that a plan of so many steps takes here. */
  static long bytes(int steps) {
    return 4L * Long.BYTES * Pass.values().length * steps;
  }

  void start() {
    start = System.nanoTime();
  }

  /** Ends the time of a step; that of the next begins. */
  void lap(int i, Pass pass, Run run) {
    long now = System.nanoTime();
    Step step = steps.get(i);
    Laps laps = Present.of(passes.get(pass));
    laps.calls[i]++;
    laps.nanoseconds[i] += now - start;
    laps.multiplyAdds[i] += run.count * step.multiplyAdds() * products(step, pass, run);
    laps.images[i] += run.count;
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
    passes.values().forEach(Laps::clear);
  }

  ImmutableList<Timing> timings() {
    ImmutableList.Builder<Timing> timings = ImmutableList.builder();
    for (int i = 0; i < steps.size(); i++) {
      for (Map.Entry<Pass, Laps> entry : passes.entrySet()) {
        Pass pass = entry.getKey();
        Laps laps = entry.getValue();
        if (laps.calls[i] > 0) {
          Step step = steps.get(i);
          timings.add(
              new Timing(
                  step.part(),
                  step.kind(),
                  pass,
                  laps.calls[i],
                  laps.nanoseconds[i] / 1e9,
                  laps.multiplyAdds[i],
                  Float.BYTES * plan.touched(i, pass) / plan.batch() * laps.images[i]));
        }
      }
    }
    return timings.build();
  }
}
