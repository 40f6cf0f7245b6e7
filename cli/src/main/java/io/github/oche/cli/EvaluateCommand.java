package io.github.oche.cli;

import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.RunFolder;
import io.github.oche.data.Dataset;
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
    description =
        "Trains the network of a genotype from scratch, and scores it on the test images.")
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private GenotypeOption genotype;
  @Mixin private DataOptions data;
  @Mixin private PresetOption preset;
  @Mixin private NetworkOptions.Plain network;
  @Mixin private TrainingOptions training;
  @Mixin private RunOptions run;

  @Override
  public Integer call() {
    int threads = run.threads();
    RetrainingSettings settings =
        training.settings(
            preset.preset(data.isEmbedded()), network, data.trainImages(), run.seed());
    Genotype found = genotype.resolve();
    RunFolder folder = run.folder();
    Dataset images = data.read();

    Progress progress =
        new Progress(spec.commandLine().getOut(), Terminal.ofProcess(), System::nanoTime);
    progress.say(images.describe());
    images.notes().forEach(progress::say);
    ImmutableMap<String, Object> json =
        ImmutableMap.of(
            "genotype", found,
            "evaluation", Provenance.of(settings),
            "data", Provenance.of(images),
            "software", Provenance.software(),
            "threads", threads);
    new TrainingRun(settings, images, threads, folder).train(found, progress, json);
    return ExitCode.DONE;
  }
}
