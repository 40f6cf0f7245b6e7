package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import io.github.oche.darts.ImageShare;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.RunFolder;
import io.github.oche.darts.SearchSettings;
import io.github.oche.darts.SearchedSupernet;
import io.github.oche.data.Dataset;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.evaluation.correlation.CorrelationStudy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche correlate}: whether a supernet orders architectures as training them does. */
@Command(
    name = "correlate",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Correlates scores by inherited weights with those after training from scratch.",
    footer = "The same command with the same --out goes on where it stopped, or to more samples.")
final class CorrelateCommand implements Callable<Integer> {
  private static final int MOST_SAMPLES = 1_000_000;

  /** What a supernet that is there already has decided. */
  private static final ImmutableList<String> OF_THE_SEARCH =
      ImmutableList.of(
          "--order",
          "--hypergradient",
          "--channels",
          "--cells",
          "--epochs",
          "--batch",
          "--train-images");

  @Spec private CommandSpec spec;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "10",
      description = "Random architectures (${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--supernet",
      paramLabel = "RUN|FILE",
      description = "Supernet of an earlier search on the same data (a new search).")
  private @Nullable String supernet;

  @Mixin private DataOptions data;
  @Mixin private PresetOption preset;
  @Mixin private SearchOptions search;
  @Mixin private BriefTrainingOptions training;
  @Mixin private RunOptions run;

  @Override
  public Integer call() throws IOException {
    int threads = run.threads();
    int count = Ranges.check("--samples", samples, 3, MOST_SAMPLES);
    Preset from = preset.preset(data.isEmbedded());
    SearchSettings searching =
        search.settings(from, run.seed()).withTrainImages(data.trainImages());
    RetrainingSettings retraining = training.settings(from, run.seed());
    Path given = supernet == null ? null : supernetFile(supernet);
    Dataset images = data.read();
    SearchedSupernet known = given == null ? null : SearchedSupernet.read(given);
    ImageShare share = known == null ? ImageShare.of(searching) : known.share();
    CorrelationStudy.check(share, images, retraining); // before a search is done for it
    ImmutableMap<String, Object> settings =
        ImmutableMap.of(
            "supernet",
            given == null ? Provenance.of(searching) : sha256(given),
            "evaluation",
            Provenance.of(retraining),
            "data",
            Provenance.of(images));
    RunFolder folder = run.folder(settings);

    Progress progress = Progress.of(spec.commandLine().getOut(), images);
    CorrelationRun correlating =
        new CorrelationRun(retraining, images, threads, folder, settings, progress);
    SearchedSupernet searched =
        known != null
            ? known
            : correlating.searched(new SearchRun(searching, images, threads, folder));
    correlating.correlate(searched, count, run.seed());
    return ExitCode.DONE;
  }

  private Path supernetFile(String text) {
    for (String option : OF_THE_SEARCH) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new IllegalArgumentException(
            option + " is of a search, and --supernet names one that is done: give one of the two");
      }
    }
    return Paths.leftBy(
        Paths.of("--supernet", text), SearchedSupernet.FILE_NAME, "a search leaves at its end");
  }

  private static String sha256(Path file) throws IOException {
    return com.google.common.io.Files.asByteSource(file.toFile()).hash(Hashing.sha256()).toString();
  }
}
