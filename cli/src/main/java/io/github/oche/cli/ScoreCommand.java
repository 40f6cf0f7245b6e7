package io.github.oche.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.oche.data.Dataset;
import io.github.oche.evaluation.ConfusionCounter;
import io.github.oche.evaluation.ConfusionCsv;
import io.github.oche.evaluation.LogitsListener;
import io.github.oche.evaluation.Score;
import io.github.oche.evaluation.Scoring;
import io.github.oche.evaluation.model.Model;
import io.github.oche.evaluation.model.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche score}: a trained model on the test images of some data. */
@Command(
    name = "score",
    sortOptions = false,
    customSynopsis = "oche score RUN|FILE [--data=PATH] [--logits=FILE] [OPTIONS]",
    description = "Scores a trained model on test images.",
    footer = {
      "",
      "Images are normalised as the model's metadata say, otherwise as is usual for the data."
    })
final class ScoreCommand implements Callable<Integer> {
  private static final int MOST_IMAGES = 1 << 20;

  @Spec private CommandSpec spec;
  @Mixin private ModelArgument model;
  @Mixin private ImageOptions data;

  @Option(
      names = "--logits",
      paramLabel = "FILE",
      description = "CSV file to write: index, label and logits of each test image.")
  private @Nullable String logits;

  @Option(
      names = "--confusion",
      paramLabel = "FILE",
      description = "CSV file to write: how many images of each class were taken for which.")
  private @Nullable String confusion;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "Images at a time; the result does not depend on it (${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; the result does not depend on them (one a core).")
  private @Nullable Integer threads;

  @Override
  public Integer call() throws IOException {
    int workers = Threads.of(threads);
    int atATime = Ranges.check("--batch", batch, 1, MOST_IMAGES);
    Path logitsFile = file("--logits", logits);
    Path confusionFile = file("--confusion", confusion);
    if (logitsFile != null && logitsFile.equals(confusionFile)) {
      throw new IllegalArgumentException("--logits and --confusion name the same file");
    }
    Model trained = model.read();
    Dataset images = data.read();
    Scoring.check(trained, images, atATime);

    PrintWriter out = spec.commandLine().getOut();
    out.println(images.describe());
    images.notes().forEach(out::println);
    if (Scoring.pads(trained, images)) {
      out.println("images are padded with black to " + trained.macro().image());
    }
    ConfusionCounter counter = new ConfusionCounter(images.classNames());
    LogitsListener counted = confusionFile == null ? LogitsListener.NONE : counter;
    if (logitsFile == null) {
      report(Scoring.score(trained, images, atATime, workers, counted));
    } else {
      WholeFile.write(
          logitsFile,
          to -> {
            LogitsFile rows = new LogitsFile(to, trained.macro().classes());
            report(Scoring.score(trained, images, atATime, workers, rows.and(counted)));
            rows.flush();
          });
      out.println("logits written to " + logitsFile);
    }
    if (confusionFile != null) {
      ClassTable.lines(counter.confusion()).forEach(out::println);
      byte[] text = ConfusionCsv.counts(counter.confusion()).getBytes(UTF_8);
      WholeFile.write(confusionFile, to -> to.write(text));
      out.println("confusion matrix written to " + confusionFile);
    }
    return ExitCode.DONE;
  }

  /** Returns the file to write, if one was given and can be made. */
  private static @Nullable Path file(String option, @Nullable String given) {
    if (given == null) {
      return null;
    }
    Path file = Paths.of(option, given);
    WholeFile.check(file);
    return file;
  }

  private void report(Score score) {
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                "test error %.2f%% of %,d images (top 5: %.2f%%)",
                score.errorPercent(),
                score.images(),
                score.top5ErrorPercent()));
  }
}
