package io.github.oche.engine;

import com.sun.management.ThreadMXBean;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Genotypes;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.lang.management.ManagementFactory;

/**
 * Prints the bytes that all threads allocate in a step, a line a kind of step: the least of many,
 * since methods that are not yet compiled put vectors into objects. With the argument {@code
 * other}, after {@link OtherVectors}.
 */
final class StepAllocation {
  private static final Shape IMAGE = new Shape(3, 32, 32);
  private static final int CHANNELS = 16;
  private static final int CELLS = 4;
  private static final int CLASSES = 10;
  private static final int BATCH = 4;
  private static final int THREADS = 2;
  private static final int MOST_STEPS = 40;

  /**
   * Bytes of a step that are as good as none: a tile whose vectors are objects makes 12 million and
   * more.
   */
  static final long ENOUGH = 1_000_000;

  private StepAllocation() {}

  public static void main(String[] args) {
    if (args.length > 0) {
      OtherVectors.use();
    }
    Graph supernet = Supernet.of(SearchSpace.darts(IMAGE, CHANNELS, CELLS, CLASSES)).graph();
    DartsMacro macro = DartsMacro.of(IMAGE, CHANNELS, CELLS, CLASSES);
    Graph derived = DerivedNetwork.of(Genotypes.named("DARTS_V2"), macro, false).graph();
    try (Workers workers = new Workers(THREADS)) {
      Inputs in = Inputs.of(supernet, BATCH, 1);
      Network net = new Network(Plan.of(supernet, BATCH, Plan.Purpose.SECOND_ORDER), workers);
      net.load(in.images(), in.labels(), BATCH);
      print("weights", () -> step(net, in, Wanted.WEIGHTS));
      print("first order", () -> step(net, in, Wanted.MIXING));
      print("exact", () -> along(net, in));
      Inputs batch = Inputs.of(derived, BATCH, 2);
      Network training = new Network(Plan.of(derived, BATCH, Plan.Purpose.GRADIENT), workers);
      training.load(batch.images(), batch.labels(), BATCH);
      print("training", () -> step(training, batch, Wanted.WEIGHTS));
    }
  }

  private static void step(Network net, Inputs in, Wanted wanted) {
    net.forward(in.w(), in.mixing(), Network.Mode.TRAINING);
    net.backward(wanted);
  }

  private static void along(Network net, Inputs in) {
    net.forward(in.w(), in.mixing(), Network.Mode.TRAINING);
    net.along(in.dw(), in.dmixing(), Wanted.MIXING);
  }

  private static void print(String kind, Runnable step) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] ids = threads.getAllThreadIds();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MOST_STEPS && least > ENOUGH; i++) {
      long before = allocated(threads, ids);
      step.run();
      least = Math.min(least, allocated(threads, ids) - before);
    }
    System.out.println(kind + ": " + least);
  }

  private static long allocated(ThreadMXBean threads, long[] ids) {
    long sum = 0;
    for (long id : ids) {
      sum += Math.max(0, threads.getThreadAllocatedBytes(id)); // -1 for one that has ended
    }
    return sum;
  }
}
