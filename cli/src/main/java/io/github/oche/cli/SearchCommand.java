package io.github.oche.cli;

import io.github.oche.darts.RunFolder;
import io.github.oche.darts.SearchResult;
import io.github.oche.darts.SearchSettings;
import io.github.oche.data.Dataset;
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
    RunFolder folder = run.folder();
    Dataset images = data.read();

    Progress progress = Progress.of(spec.commandLine().getOut(), images);
    SearchRun searching = new SearchRun(settings, images, threads, folder);
    SearchResult found = searching.search(progress, searching.provenance());
    progress.say("found, and written to " + folder.path() + ":");
    progress.say(found.genotype().toString());
    return ExitCode.DONE;
  }
}
