package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.RunFolder;
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

/** {@code oche evaluate}: trains a genotype's network from scratch and scores it. */
@Command(
    name = "evaluate",
    sortOptions = false,
    customSynopsis = "oche evaluate --genotype=NAME|FILE|TEXT [OPTIONS]",
    description = {
      "Trains the network of a genotype from scratch, and scores it on the test images.",
      "Interrupted, the same command with --out=DIR goes on after the last whole epoch."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private GenotypeOption genotype;
  @Mixin private DataOptions data;
  @Mixin private PresetOption preset;
  @Mixin private NetworkOptions.Plain network;
  @Mixin private TrainingOptions training;
  @Mixin private ProtocolOptions protocol;
  @Mixin private RunOptions run;

  @Override
  public Integer call() {
    int threads = run.threads();
    ImmutableList<Long> seeds = protocol.seeds(run);
    RetrainingSettings settings =
        training
            .settings(preset.preset(data.isEmbedded()), network, data.trainImages(), seeds.get(0))
            .withValidation(protocol.validation());
    Genotype found = genotype.resolve();
    Dataset images = data.read();
    Retraining.check(images, settings); // before anything is said
    ImmutableMap<String, Object> one = Retraining.identity(found, images, settings);
    ImmutableMap<String, Object> identity =
        seeds.size() == 1 ? one : SeedRuns.identity(one, settings, seeds);
    RunFolder folder = run.folder(identity);

    Progress progress = Progress.of(spec.commandLine().getOut(), images);
    ImmutableMap<String, Object> json = Provenance.run(identity, threads);
    if (seeds.size() == 1) {
      new TrainingRun(settings, images, threads, folder)
          .train(found, progress, json, RetrainingListener.NONE);
    } else {
      new SeedRuns(seeds, settings, images, threads, folder).train(found, progress, json);
    }
    return ExitCode.DONE;
  }
}
