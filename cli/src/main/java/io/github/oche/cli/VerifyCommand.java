package io.github.oche.cli;

import io.github.oche.evaluation.golden.GoldenCheck;
import io.github.oche.evaluation.golden.Quantity;
import io.github.oche.evaluation.golden.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oche verify}: recomputes every quantity of golden files. */
@Command(
    name = "verify",
    sortOptions = false,
    description = "Recomputes every quantity of golden files with this engine, and compares.",
    footer = {
      "",
      "One line a quantity: name, relative error, limit, verdict (ok, tie or OFF), worst tensor.",
      "Exit code 1 if one is OFF, 2 if a file cannot be read or is of a kind not supported yet."
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Golden files (.safetensors).")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--threads", paramLabel = "N", description = "Threads (one a core).")
  private @Nullable Integer threads;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    int workers = Threads.of(threads);
    int off = 0;
    for (Path file : files) {
      if (files.size() > 1) {
        out.println(file);
      }
      for (Quantity q : GoldenCheck.check(file, workers)) {
        out.println(line(q));
        off += q.verdict() == Verdict.OFF ? 1 : 0;
      }
      out.flush();
    }
    return off == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String line(Quantity q) {
    String limit =
        Double.isInfinite(q.limit()) ? "not judged" : String.format(Locale.ROOT, "%.1e", q.limit());
    return String.format(
            Locale.ROOT,
            "%-34s %9.1e  limit %-10s  %-3s  %s",
            q.name(),
            q.error(),
            limit,
            q.verdict(),
            q.worst())
        .stripTrailing();
  }
}
