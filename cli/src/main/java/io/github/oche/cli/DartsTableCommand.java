package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.darts.RunFolder;
import io.github.oche.data.Dataset;
import io.github.oche.data.Format;
import io.github.oche.evaluation.protocol.DartsReport;
import io.github.oche.evaluation.protocol.MethodResult;
import io.github.oche.evaluation.protocol.Protocol;
import io.github.oche.evaluation.protocol.Reproduction;
import io.github.oche.evaluation.report.TableFormat;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche reproduce darts}: table 1 of DARTS. The table alone goes to standard output. */
@Command(
    name = "darts",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "DARTS table 1: searches, random search and published cells, chosen and retrained alike.",
      "Interrupted, the same command goes on where it stopped."
    })
final class DartsTableCommand implements Callable<Integer> {
  private static final String EMBEDDED_SCALE = "tiny";

  @Spec private CommandSpec spec;

  @Option(
      names = "--scale",
      paramLabel = "SCALE",
      defaultValue = EMBEDDED_SCALE,
      description =
          "tiny: about ten minutes on the sample; quick: a night on data like CIFAR-10; full: the"
              + " paper's (${DEFAULT-VALUE}).")
  private String scale = EMBEDDED_SCALE;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      defaultValue = ImageOptions.EMBEDDED,
      description = "Images: the sample that comes along, or a file or folder (${DEFAULT-VALUE}).")
  private String data = ImageOptions.EMBEDDED;

  /** Not {@code --format} as elsewhere: that is the table's. */
  @Option(
      names = "--data-format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      converter = ImageOptions.FormatConverter.class,
      description = "Theirs: auto, cifar10, cifar100, idx or folder (${DEFAULT-VALUE}).")
  private Format dataFormat = Format.AUTO;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description = "Training images held out to choose the best epoch too (scale's: 0.1, full 0).")
  private @Nullable Double validation;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The first seed of searches and trainings (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; the results do not depend on them (one a core).")
  private @Nullable Integer threads;

  @Mixin private FormatOptions format;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder to make or to go on in: runs and the table in all forms (runs/darts-SCALE).")
  private @Nullable String out;

  @Override
  public Integer call() {
    int workers = Threads.of(threads);
    TableFormat wanted = format.format();
    Protocol protocol = protocol();
    Path folder = out == null ? Path.of("runs", "darts-" + scale) : Paths.of("--out", out);
    Dataset images = ImageOptions.read(data, dataFormat);
    Reproduction reproduction = new Reproduction(protocol, images, folder, workers);

    Progress progress = Progress.of(spec.commandLine().getErr(), images);
    ImmutableList<MethodResult> rows;
    try {
      rows = reproduction.run(new ReproductionReporter(progress));
    } finally {
      progress.clear();
    }
    DartsReport report = DartsReport.of(protocol, images, workers, rows);
    report.write(RunFolder.existing(folder));
    spec.commandLine().getOut().print(report.text(wanted));
    return ExitCode.DONE;
  }

  private Protocol protocol() {
    Protocol protocol = Protocol.of(scale).withSeed(seed);
    if (data.equals(ImageOptions.EMBEDDED) && !scale.equals(EMBEDDED_SCALE)) {
      throw new IllegalArgumentException(
          "--scale "
              + scale
              + " is for data of the size of CIFAR-10: give --data, or --scale tiny for the sample");
    }
    return validation == null ? protocol : protocol.withValidation(validation);
  }
}
