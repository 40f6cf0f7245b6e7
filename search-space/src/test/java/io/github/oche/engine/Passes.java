package io.github.oche.engine;

import com.google.common.base.Preconditions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs everything a network can do, and keeps what came out by name. */
final class Passes {
  private static final float[] NONE = {};

  private final Network net;
  private final Inputs in;
  private final Map<String, double[]> results = new LinkedHashMap<>();

  private Passes(Network net, Inputs in) {
    this.net = net;
    this.in = in;
  }

  /** All passes that the plan allows, each for every {@link Wanted}. */
  static Map<String, double[]> run(Plan plan, Inputs in, int threads) {
    try (Workers workers = new Workers(threads)) {
      return run(new Network(plan, workers), plan.purpose(), in);
    }
  }

  static Map<String, double[]> run(Network net, Plan.Purpose purpose, Inputs in) {
    Passes p = new Passes(net, in);
    net.load(in.images(), in.labels(), in.count());
    net.dropPath(in.masks());
    p.score(Network.Mode.EVALUATION);
    p.score(Network.Mode.TRAINING);
    p.results.put("statistics", doubles(net.statistics(), net.statistics().length));
    if (purpose != Plan.Purpose.SCORE) {
      for (Wanted wanted : Wanted.values()) {
        p.forward();
        net.backward(wanted);
        p.keep("gradient", wanted);
      }
    }
    if (purpose == Plan.Purpose.SECOND_ORDER) {
      for (Wanted wanted : Wanted.values()) {
        p.along("along", in.dw(), in.dmixing(), wanted);
        p.along("along w", in.dw(), NONE, wanted);
        p.along("along mixing", NONE, in.dmixing(), wanted);
      }
    }
    return p.results;
  }

  private void along(String name, float[] dw, float[] dmixing, Wanted wanted) {
    forward();
    net.along(dw, dmixing, wanted);
    keep(name, wanted);
  }

  private double forward() {
    System.arraycopy(in.statistics(), 0, net.statistics(), 0, in.statistics().length);
    return net.forward(in.w(), in.mixing(), Network.Mode.TRAINING);
  }

  private void score(Network.Mode mode) {
    System.arraycopy(in.statistics(), 0, net.statistics(), 0, in.statistics().length);
    put("loss " + mode, new double[] {net.forward(in.w(), in.mixing(), mode)});
    for (int k = 0; k < net.graph().outputs().size(); k++) {
      int classes = net.graph().outputs().get(k).logits().shape().channels();
      put("logits " + k + " " + mode, doubles(net.logits(k), in.count() * classes));
    }
  }

  private void keep(String name, Wanted wanted) {
    if (wanted.weights()) {
      put(name + " of w", doubles(net.weightGradient(), net.weightGradient().length));
    }
    if (wanted.mixing()) {
      put(name + " of mixing", net.mixingGradient().clone());
    }
  }

  /** What comes out again has the same bits. */
  private void put(String name, double[] values) {
    double[] before = results.putIfAbsent(name, values);
    Preconditions.checkState(
        before == null || Arrays.equals(before, values),
        "%s depends on what else is wanted: %s %s",
        name,
        before,
        values);
  }

  static double[] doubles(float[] x, int n) {
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = x[i];
    }
    return y;
  }
}
