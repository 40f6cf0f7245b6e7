package io.github.oche.engine;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.github.oche.engine.kernel.Kernels;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;

/**
 * Runs what a search step runs on a tiny supernet and prints the SHA-256 of all results: a program,
 * since a JVM has one vector width.
 */
final class StepDigest {
  private static final int BATCH = 3;

  private StepDigest() {}

  /** Prints kernels and digest; arguments: threads, and how often to repeat. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    int threads = Integer.parseInt(args[0]);
    int repeats = Integer.parseInt(args[1]);
    Kernels kernels = Kernels.provider();
    Supernet supernet = Supernet.of(SearchSpace.darts(new Shape(3, 8, 8), 2, 3, 4));
    Plan plan = Plan.of(supernet.graph(), BATCH, Plan.Purpose.SECOND_ORDER);
    Inputs in = Inputs.of(supernet.graph(), BATCH, 1);
    try (Workers workers = new Workers(threads)) {
      Network net = new Network(plan, workers);
      net.load(in.images(), in.labels(), in.count());
      String digest = digest(net, in);
      for (int i = 1; i < repeats; i++) {
        String again = digest(net, in);
        if (!again.equals(digest)) {
          throw new IllegalStateException("step " + i + " gave " + again + ", the first " + digest);
        }
      }
      System.out.println(kernels.name() + ": " + digest);
    }
  }

  static String digest(Network net, Inputs in) {
    Hasher hasher = Hashing.sha256().newHasher();
    System.arraycopy(in.statistics(), 0, net.statistics(), 0, in.statistics().length);
    hasher.putDouble(net.forward(in.w(), in.mixing(), Network.Mode.TRAINING));
    net.backward(Wanted.ALL);
    put(hasher, net);
    net.forward(in.w(), in.mixing(), Network.Mode.TRAINING);
    net.along(in.dw(), in.dmixing(), Wanted.ALL);
    put(hasher, net);
    for (float x : net.statistics()) {
      hasher.putFloat(x);
    }
    return hasher.hash().toString();
  }

  private static void put(Hasher hasher, Network net) {
    for (float x : net.weightGradient()) {
      hasher.putFloat(x);
    }
    for (double x : net.mixingGradient()) {
      hasher.putDouble(x);
    }
    for (float x : net.logits(0)) {
      hasher.putFloat(x);
    }
  }
}
