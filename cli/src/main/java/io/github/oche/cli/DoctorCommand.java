package io.github.oche.cli;

import com.sun.management.OperatingSystemMXBean;
import io.github.oche.data.Dataset;
import io.github.oche.data.Format;
import io.github.oche.engine.kernel.Kernels;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oche doctor}: what a bug report needs. */
@Command(
    name = "doctor",
    description = "Prints what Oche found on this machine: what a bug report needs.")
final class DoctorCommand implements Callable<Integer> {
  private static final int MEBIBYTE = 1 << 20;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Data to look at, besides the sample that comes along.")
  private List<Path> paths = List.of();

  @Override
  public Integer call() {
    Runtime machine = Runtime.getRuntime();
    line("oche", Version.ofOche());
    line(
        "java",
        property("java.version")
            + ", "
            + property("java.vm.name")
            + " "
            + property("java.vm.version")
            + ", "
            + property("java.vendor"));
    line("java home", property("java.home"));
    line("jvm flags", String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
    line("system", property("os.name") + " " + property("os.version") + ", " + property("os.arch"));
    line("cores", Integer.toString(machine.availableProcessors()));
    line(
        "memory",
        String.format(
            Locale.ROOT,
            "heap up to %,d MB of the machine's %,d MB",
            machine.maxMemory() / MEBIBYTE,
            physicalMemory() / MEBIBYTE));
    boolean fast = attempt("kernels", () -> Kernels.provider().name());
    line("fma self-test", fast ? "passed" : "not passed");
    boolean sound = attempt("sample", () -> Dataset.embedded().describe());
    for (Path path : paths) {
      sound &= attempt("data", () -> Dataset.read(path, Format.AUTO).describe());
    }
    return fast && sound ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** Prints what is found, or why it is not. */
  private boolean attempt(String what, Supplier<String> finding) {
    try {
      line(what, finding.get());
      return true;
    } catch (IllegalArgumentException e) {
      line(what, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void line(String what, String finding) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%-14s %s%n", what, finding);
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static long physicalMemory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
