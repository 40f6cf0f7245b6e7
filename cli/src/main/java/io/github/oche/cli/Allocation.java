package io.github.oche.cli;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Counts the bytes that the threads of now allocate on the heap, as the JVM itself does. */
final class Allocation {
  private final @Nullable ThreadMXBean threads;
  private final long[] ids;

  /** Counts the threads that live when it is made. */
  Allocation() {
    threads =
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counting
                && counting.isThreadAllocatedMemorySupported()
                && counting.isThreadAllocatedMemoryEnabled()
            ? counting
            : null;
    ids = threads == null ? new long[0] : threads.getAllThreadIds();
  }

  /** Bytes since the threads began, counted without allocating; -1 if the JVM does not count. */
  long bytes() {
    if (threads == null) {
      return -1;
    }
    long sum = 0;
    for (long id : ids) {
      sum += Math.max(0, threads.getThreadAllocatedBytes(id)); // -1 for one that has ended
    }
    return sum;
  }
}
