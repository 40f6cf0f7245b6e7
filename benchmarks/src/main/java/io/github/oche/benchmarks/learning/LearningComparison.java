package io.github.oche.benchmarks.learning;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.cli.TorchPeer;
import io.github.oche.darts.SearchHypergradient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Lets Oche and PyTorch learn the same, and says whether they did. */
@Command(
    name = "learning",
    description = {
      "Lets Oche and PyTorch train one small network, and search, from the same weights and on the same batches, and compares"
          + " loss curves and ends over seeds.",
      "With the first seed, PyTorch also makes some steps from weights that differ by one rounding, and in double precision:"
          + " two right programs part as these do."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class LearningComparison implements Callable<Integer> {
  private static final String SCRIPT = "torch_learning.py";
  private static final String NUDGED = "nudged";
  private static final String DOUBLE = "double";
  private static final String CONTROL_STEPS = "20";

  @Option(
      names = "--python",
      defaultValue = "python3",
      description = "A Python 3 with PyTorch (${DEFAULT-VALUE}).")
  private String python;

  @Option(
      names = "--out",
      defaultValue = "runs/learning",
      description = "Folder for the curves as CSV, and for what PyTorch reads (${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "0,1,2,3,4",
      description = "At least two (${DEFAULT-VALUE}).")
  private List<Long> seeds;

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "training,first,second",
      description = "Which of these: ${DEFAULT-VALUE}.")
  private List<String> only;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Threads of each side (${DEFAULT-VALUE}).")
  private int threads;

  @Spec private CommandSpec spec;

  /** Runs the comparison; 0 if it was made, whatever came out. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new LearningComparison())
        .setParameterExceptionHandler(LearningComparison::refuse)
        .setExecutionExceptionHandler(LearningComparison::fail);
  }

  private static int refuse(ParameterException e, String[] args) {
    e.getCommandLine().getErr().println("learning: " + e.getMessage());
    return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int fail(Exception e, CommandLine command, ParseResult result) {
    command.getErr().println("learning: " + e.getMessage());
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter print = spec.commandLine().getOut();
    try {
      ImmutableList<Experiment> experiments = experiments();
      TorchPeer peer = new TorchPeer("--python", python);
      print.printf(
          "Oche on Java %s; %s; %d thread%s each%n",
          Runtime.version().feature(), peer.version(), threads, threads == 1 ? "" : "s");
      for (Experiment experiment : experiments) {
        compare(experiment, peer, print);
      }
      return CommandLine.ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private ImmutableList<Experiment> experiments() {
    Set<Long> different = new TreeSet<>(seeds);
    if (different.size() != seeds.size() || seeds.size() < 2) {
      throw new IllegalArgumentException(
          "--seeds is " + seeds + ", expected two or more different ones");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("--threads is " + threads + ", expected 1 or more");
    }
    ImmutableList.Builder<Experiment> chosen = ImmutableList.builder();
    for (String name : only) {
      chosen.add(
          switch (name) {
            case "training" -> TrainingExperiment.small();
            case "first" -> SearchExperiment.small(SearchHypergradient.FIRST);
            case "second" -> SearchExperiment.small(SearchHypergradient.SECOND);
            default ->
                throw new IllegalArgumentException(
                    "--only has \"" + name + "\", expected training, first or second");
          });
    }
    return chosen.build();
  }

  private void compare(Experiment experiment, TorchPeer peer, PrintWriter print)
      throws IOException {
    print.printf("%n%s%n", experiment.description());
    Path folder = Files.createDirectories(out.resolve(experiment.name()));
    List<Course> ours = new ArrayList<>();
    List<Course> theirs = new ArrayList<>();
    try (CurvesFile curves = new CurvesFile(folder.resolve("curves.csv"))) {
      for (long seed : seeds) {
        Course our = experiment.run(seed, threads, folder);
        Course their = run(peer, experiment, folder, ImmutableList.of());
        print(print, "seed " + seed + ", Oche beside PyTorch", our, their);
        Course nudged = Course.NONE;
        Course exact = Course.NONE;
        if (ours.isEmpty()) {
          nudged = run(peer, experiment, folder, ImmutableList.of(NUDGED, CONTROL_STEPS));
          exact = run(peer, experiment, folder, ImmutableList.of(DOUBLE, CONTROL_STEPS));
          print(print, "PyTorch nudged by a rounding beside PyTorch", nudged, their);
          print(print, "Oche beside PyTorch in double", our, exact);
          print(print, "PyTorch beside PyTorch in double", their, exact);
        }
        curves.put(seed, our, their, nudged, exact);
        ours.add(our);
        theirs.add(their);
      }
    }
    for (String end : ours.get(0).ends().keySet()) {
      print.printf(
          Locale.ROOT, "%s: %s%n", end, new PairedSamples(ends(ours, end), ends(theirs, end)));
    }
    print.flush();
  }

  private Course run(TorchPeer peer, Experiment experiment, Path folder, List<String> more) {
    URL script = Objects.requireNonNull(LearningComparison.class.getResource(SCRIPT), SCRIPT);
    ImmutableList<URL> networks =
        ImmutableList.of(TorchPeer.script(TorchPeer.TRAINING), TorchPeer.script(TorchPeer.SEARCH));
    ImmutableList<String> arguments =
        ImmutableList.<String>builder()
            .add(experiment.name())
            .add(folder.resolve(PeerFiles.START).toAbsolutePath().toString())
            .add(folder.resolve(PeerFiles.BATCHES).toAbsolutePath().toString())
            .add(Integer.toString(threads))
            .addAll(more)
            .build();
    return Course.parse(peer.run(script, networks, arguments));
  }

  private static void print(PrintWriter print, String who, Course a, Course b) {
    for (String curve : a.curves().keySet()) {
      print.printf("  %s, %s: %s%n", who, curve, Parting.of(a, b, curve));
    }
    for (String end : Sets.intersection(a.ends().keySet(), b.ends().keySet())) {
      print.printf(
          Locale.ROOT, "  %s, %s: %.4f and %.4f%n", who, end, a.ends().get(end), b.ends().get(end));
    }
    print.flush();
  }

  private static ImmutableDoubleArray ends(List<Course> courses, String end) {
    ImmutableDoubleArray.Builder values = ImmutableDoubleArray.builder(courses.size());
    for (Course course : courses) {
      values.add(Objects.requireNonNull(course.ends().get(end), end));
    }
    return values.build();
  }
}
