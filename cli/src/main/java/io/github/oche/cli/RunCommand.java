package io.github.oche.cli;

import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.RunFolder;
import io.github.oche.darts.SearchSettings;
import io.github.oche.data.Dataset;
import io.github.oche.evaluation.Retraining;
import io.github.oche.evaluation.RetrainingListener;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.space.Genotype;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code oche run}: a search, and the network that it finds, trained from scratch and scored. */
@Command(
    name = "run",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Searches for cells, then trains the network of what was found, and scores it.")
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOptions data;
  @Mixin private PresetOption preset;
  @Mixin private SearchOptions search;
  @Mixin private NetworkOptions.Prefixed network;
  @Mixin private TrainingOptions training;
  @Mixin private RunOptions run;

  @Override
  public Integer call() {
    int threads = run.threads();
    Preset from = preset.preset(data.isEmbedded());
    SearchSettings searching =
        search.settings(from, run.seed()).withTrainImages(data.trainImages());
    RetrainingSettings retraining =
        training.settings(from, network, data.trainImages(), run.seed());
    Dataset images = data.read();
    Retraining.check(images, retraining);
    ImmutableMap<String, Object> identity =
        ImmutableMap.of(
            "search", Provenance.of(searching),
            "evaluation", Provenance.of(retraining),
            "data", Provenance.of(images));
    RunFolder folder = run.folder(identity);

    Progress progress = Progress.of(spec.commandLine().getOut(), images);
    Genotype found =
        new SearchRun(searching, images, threads, folder)
            .search(progress, Provenance.run(identity, threads));
    progress.say("found: " + found);
    new TrainingRun(retraining, images, threads, folder)
        .train(found, progress, ImmutableMap.of(), RetrainingListener.NONE);
    return ExitCode.DONE;
  }
}
