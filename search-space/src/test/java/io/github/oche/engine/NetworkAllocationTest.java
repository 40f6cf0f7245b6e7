package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.github.oche.engine.kernel.Kernels;
import io.github.oche.engine.kernel.TestKernels;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class NetworkAllocationTest {
  private static final int BATCH = 4;
  private static final int WARM_UP = 150;

  @Test
  void aStepAllocatesNothing() {
    Kernels kernels = TestKernels.plain(8);
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assumeTrue(threads.isThreadAllocatedMemorySupported());
    Supernet supernet = Supernet.of(SearchSpace.darts(new Shape(3, 8, 8), 4, 3, 4));
    Graph graph = supernet.graph();
    Inputs in = Inputs.of(graph, BATCH, 1);
    try (Workers workers = new Workers(1)) {
      Network net = new Network(Plan.of(graph, BATCH, Plan.Purpose.SECOND_ORDER, kernels), workers);
      long least = Long.MAX_VALUE;
      for (int i = 0; i < WARM_UP && least > 1000; i++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        step(net, in);
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).isLessThan(1000);
    }
  }

  private static void step(Network net, Inputs in) {
    net.load(in.images(), in.labels(), BATCH);
    net.forward(in.w(), in.mixing(), Network.Mode.TRAINING);
    net.backward(Wanted.ALL);
    net.forward(in.w(), in.mixing(), Network.Mode.TRAINING);
    net.along(in.dw(), in.dmixing(), Wanted.ALL);
  }
}
