package io.github.oche.cli;

import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.RunFolder;
import io.github.oche.darts.SearchSettings;
import io.github.oche.darts.Searcher;
import io.github.oche.data.Dataset;
import io.github.oche.space.Genotype;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code oche search}: finds a genotype. */
@Command(
    name = "search",
    sortOptions = false,
    description = "Searches for cells by gradient descent on architectures (DARTS).")
final class SearchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOptions data;
  @Mixin private PresetOption preset;
  @Mixin private SearchOptions search;
  @Mixin private RunOptions run;

  @Override
  public Integer call() {
    int threads = run.threads();
    SearchSettings settings =
        search
            .settings(preset.preset(data.isEmbedded()), run.seed())
            .withTrainImages(data.trainImages());
    Dataset images = data.read();
    ImmutableMap<String, Object> identity = new Searcher(settings).identity(images);
    RunFolder folder = run.folder(identity);

    Progress progress = Progress.of(spec.commandLine().getOut(), images);
    Genotype found =
        new SearchRun(settings, images, threads, folder)
            .search(progress, Provenance.run(identity, threads));
    progress.say("found, and written to " + folder.path() + ":");
    progress.say(found.toString());
    return ExitCode.DONE;
  }
}
