package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Timing.Pass;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Times every step of every pass, always: reading the clock costs some 30 ns, a step's share of a
 * chunk a hundred times that. The caller's time for a wave is shared among its steps as the time of
 * its workers was.
 */
final class Stopwatch {
  private final Plan plan;
  private final List<Step> steps;
  private final EnumMap<Pass, Laps> passes = new EnumMap<>(Pass.class);

  /** Nanoseconds of each worker in each step of the present wave. */
  private final long[][] busy;

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

  Stopwatch(Plan plan, int workers) {
    this.plan = plan;
    steps = plan.steps();
    busy = new long[workers][steps.size()];
    for (Pass pass : Pass.values()) {
      passes.put(pass, new Laps(steps.size()));
    }
  }

  /** Bytes that a plan of so many steps takes here. */
  static long bytes(int steps) {
    return (4L * Pass.values().length + 1) * Long.BYTES * steps;
  }

  void start() {
    start = System.nanoTime();
  }

  /** A worker has been busy with a step since {@code start}; returns the time now. */
  long worked(int worker, int step, long start) {
    long now = System.nanoTime();
    busy[worker][step] += now - start;
    return now;
  }

  /** Ends the time of a wave; that of the next begins. */
  void lap(Wave wave, Pass pass, Run run) {
    long now = System.nanoTime();
    int end = wave.first() + wave.steps().size();
    long all = 1;
    for (int i = wave.first(); i < end; i++) {
      all += busy(i);
    }
    Laps laps = Present.of(passes.get(pass));
    for (int i = wave.first(); i < end; i++) {
      Step step = steps.get(i);
      if (works(step, pass, run)) {
        laps.calls[i]++;
        laps.nanoseconds[i] += Math.round((double) busy(i) / all * (now - start));
        laps.multiplyAdds[i] += run.count * step.multiplyAdds() * products(step, pass, run);
        laps.images[i] += run.count;
      }
      for (int worker = 0; worker < busy.length; worker++) {
        busy[worker][i] = 0;
      }
    }
    start = now;
  }

  private static boolean works(Step step, Pass pass, Run run) {
    return switch (pass) {
      case FORWARD, FORWARD_ALONG -> step.worksForward();
      case BACKWARD, BACKWARD_ALONG -> step.worksBackward(run);
    };
  }

  private long busy(int step) {
    long sum = 0;
    for (int worker = 0; worker < busy.length; worker++) {
      sum += busy[worker][step];
    }
    return sum;
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
