package io.github.oche.evaluation.golden;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.ParameterTable;
import java.util.ArrayList;
import java.util.List;

/** Collects compared quantities; verdicts come at the end, when all forward ones are known. */
final class Comparison {
  private record Entry(String name, double error, Limits limits, String worst) {
    boolean ok() {
      return error <= limits.ok();
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  void add(String name, Limits limits, float[] computed, float[] golden) {
    entries.add(new Entry(name, error(computed, golden, 0, golden.length), limits, ""));
  }

  void add(String name, Limits limits, double computed, double golden) {
    double error =
        golden == 0 ? Math.abs(computed) : Math.abs(computed - golden) / Math.abs(golden);
    entries.add(new Entry(name, error, limits, ""));
  }

  /** Something that must be equal. */
  void equal(String name, Object computed, Object golden) {
    boolean same = computed.equals(golden);
    entries.add(
        new Entry(
            name, same ? 0 : 1, Limits.EXACT, same ? "" : computed + " instead of " + golden));
  }

  /** A family of tensors: the worst counts. */
  void family(String name, Limits limits, ParameterTable table, float[] computed, float[] golden) {
    double worst = 0;
    String which = "";
    for (Parameter p : table.all()) {
      double error = error(computed, golden, p.offset(), p.end());
      if (isWorse(error, worst) || which.isEmpty()) {
        worst = error;
        which = p.name();
      }
    }
    entries.add(new Entry(name, worst, limits, which));
  }

  /** The worst of numbers compared one by one, relative to the golden ones. */
  void eachOf(String name, Limits limits, float[] computed, float[] golden, int from) {
    double worst = 0;
    for (int i = from; i < golden.length; i++) {
      double error = error(computed, golden, i, i + 1);
      worst = isWorse(error, worst) ? error : worst;
    }
    entries.add(new Entry(name, worst, limits, ""));
  }

  /** Whether an error is larger; nothing is worse than NaN. */
  private static boolean isWorse(double error, double than) {
    return Double.compare(error, than) > 0;
  }

  /** Norm of the difference by the norm of the golden values; NaN if anything is not finite. */
  private static double error(float[] computed, float[] golden, int from, int to) {
    double difference = 0;
    double norm = 0;
    for (int i = from; i < to; i++) {
      double d = (double) computed[i] - golden[i];
      difference += d * d;
      norm += (double) golden[i] * golden[i];
    }
    return norm == 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
  }

  /** All quantities in their order, then what was not compared with anything. */
  ImmutableList<Quantity> verdicts(ImmutableSet<String> unread) {
    boolean smooth = entries.stream().filter(e -> e.limits.forward()).allMatch(Entry::ok);
    ImmutableList.Builder<Quantity> quantities = ImmutableList.builder();
    for (Entry e : entries) {
      boolean tie = smooth && e.error <= e.limits.tie();
      Verdict verdict = e.ok() ? Verdict.OK : tie ? Verdict.TIE : Verdict.OFF;
      quantities.add(new Quantity(e.name, e.error, e.limits.ok(), verdict, e.worst));
    }
    for (String name : unread) {
      quantities.add(new Quantity(name, Double.NaN, 0, Verdict.OFF, "no check reads it"));
    }
    return quantities.build();
  }
}
