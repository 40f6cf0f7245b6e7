package io.github.oche.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The most memory that this process has had. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final int KIBIBYTES = 1 << 10;
  private static final int BYTES = 1 << 20;

  private PeakMemory() {}

  /** Returns what Linux has counted; elsewhere the memory that the JVM holds now. */
  static long megabytes() {
    try {
      return parse(Files.readAllLines(STATUS));
    } catch (IOException e) {
      var memory = ManagementFactory.getMemoryMXBean();
      return (memory.getHeapMemoryUsage().getCommitted()
              + memory.getNonHeapMemoryUsage().getCommitted())
          / BYTES;
    }
  }

  static long parse(List<String> status) throws IOException {
    for (String line : status) {
      if (line.startsWith(PEAK)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / KIBIBYTES;
      }
    }
    throw new IOException("no " + PEAK + " in " + STATUS);
  }
}
