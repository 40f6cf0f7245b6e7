package io.github.oche.cli;

import io.github.oche.engine.MachineSpeed;
import io.github.oche.engine.Timing;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Prints where the time of some steps went: a line a kind of operation, then a line a cell. */
final class ProfileTable {
  private final List<Timing> timings;
  private final int steps;
  private final double seconds;
  private final MachineSpeed peak;

  /**
   * Creates the table.
   *
   * @param timings of all steps together
   * @param steps how many there were
   * @param seconds that they took, what is outside the network's passes included
   * @param peak what the machine can do
   */
  ProfileTable(List<Timing> timings, int steps, double seconds, MachineSpeed peak) {
    this.timings = timings;
    this.steps = steps;
    this.seconds = seconds;
    this.peak = peak;
  }

  private static final class Sum {
    long calls;
    double seconds;
    double multiplyAdds;
    double bytes;

    void add(Timing t) {
      calls += t.calls();
      seconds += t.seconds();
      multiplyAdds += t.multiplyAdds();
      bytes += t.bytes();
    }
  }

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "peak of these threads: %.1f GFLOPS, memory %.1f GB/s%n",
        2e-9 * peak.multiplyAdds(),
        1e-9 * peak.bytes());
    table(out, "kind", t -> t.kind() + (t.pass() == Timing.Pass.FORWARD ? "" : " " + pass(t)));
    table(out, "part", t -> part(t) + (t.pass() == Timing.Pass.FORWARD ? "" : " " + pass(t)));
  }

  private static String pass(Timing t) {
    return t.pass().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The first two parts of a name: a cell's number belongs to it. */
  private static String part(Timing t) {
    String[] names = t.part().split("\\.", -1);
    return names.length < 2 ? "stem and head" : names[0] + "." + names[1];
  }

  private void table(PrintWriter out, String title, Function<Timing, String> key) {
    Map<String, Sum> sums = new LinkedHashMap<>();
    Sum all = new Sum();
    for (Timing t : timings) {
      sums.computeIfAbsent(key.apply(t), k -> new Sum()).add(t);
      all.add(t);
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "%-34s %5s %9s %6s %10s %9s %8s %8s%n",
        title + ", a step",
        "calls",
        "ms",
        "share",
        "million ma",
        "MB",
        "of peak",
        "memory");
    List<Map.Entry<String, Sum>> rows = new ArrayList<>(sums.entrySet());
    rows.sort((a, b) -> Double.compare(b.getValue().seconds, a.getValue().seconds));
    rows.forEach(e -> row(out, e.getKey(), e.getValue()));
    Sum rest = new Sum();
    rest.seconds = seconds - all.seconds;
    rest.calls = steps;
    row(out, "outside the network", rest);
    all.seconds = seconds;
    row(out, "all", all);
  }

  private void row(PrintWriter out, String name, Sum sum) {
    out.printf(
        Locale.ROOT,
        "%-34s %5d %9.2f %5.1f%% %10.1f %9.1f %7.1f%% %7.1f%%%n",
        name,
        sum.calls / steps,
        1e3 * sum.seconds / steps,
        100 * sum.seconds / seconds,
        1e-6 * sum.multiplyAdds / steps,
        1e-6 * sum.bytes / steps,
        100 * sum.multiplyAdds / sum.seconds / peak.multiplyAdds(),
        100 * sum.bytes / sum.seconds / peak.bytes());
  }
}
