package io.github.oche.evaluation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.CsvRows;
import io.github.oche.darts.RunFolder;
import io.github.oche.evaluation.model.Model;
import io.github.oche.evaluation.model.ModelFormat;
import io.github.oche.space.CellDrawing;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes what trainings came to into the folder of a run: the genotype and its drawing when the
 * training starts, {@code training.csv} after each epoch, the trained model and the best epoch's,
 * and at the end {@code evaluation.csv}, a row a seed, {@code summary.json}, {@code confusion.csv}
 * and {@code classes.csv}.
 */
public final class RetrainingFiles implements RetrainingListener {
  /** What a run folder calls the model of the epoch that held-out images chose. */
  public static final String BEST_MODEL = "best.safetensors";

  private final RunFolder folder;
  private final ImmutableMap<String, ?> run;
  private final StringBuilder training = new StringBuilder();

  /**
   * Files in this folder.
   *
   * @param run the content of {@code run.json}; empty if that is there already
   */
  public RetrainingFiles(RunFolder folder, ImmutableMap<String, ?> run) {
    this.folder = folder;
    this.run = run;
    CsvRows.row(
        training,
        "epoch",
        "learning_rate",
        "loss",
        "accuracy_percent",
        "seconds",
        "images_per_second",
        "validation_error_percent");
  }

  @Override
  public void started(Genotype genotype, Cost cost) {
    if (!run.isEmpty()) {
      folder.writeJson("run.json", run);
    }
    folder.write(Genotypes.FILE_NAME, genotype + "\n");
    folder.write("cells.svg", CellDrawing.svg(genotype));
  }

  @Override
  public void epoch(TrainingEpoch epoch) {
    CsvRows.row(
        training,
        epoch.epoch(),
        epoch.rate(),
        epoch.loss(),
        100 * epoch.accuracy(),
        epoch.seconds(),
        epoch.imagesPerSecond(),
        orEmpty(epoch.validation(), Score::errorPercent));
    folder.write("training.csv", training.toString());
  }

  @Override
  public void trained(Model model) {
    write(model, Model.FILE_NAME);
  }

  @Override
  public void best(int epoch, Model model) {
    write(model, BEST_MODEL);
  }

  private void write(Model model, String name) {
    try {
      Files.createDirectories(folder.path());
      ModelFormat.SAFETENSORS.write(model, folder.path().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes {@code evaluation.csv} and {@code summary.json}, in place of those of fewer seeds.
   *
   * @param results so far, at least one
   */
  public void results(List<RetrainingResult> results) {
    StringBuilder text = new StringBuilder();
    CsvRows.row(
        text,
        "seed",
        "epochs",
        "test_error_percent",
        "top5_error_percent",
        "parameters",
        "multiply_adds",
        "seconds",
        "parameters_with_auxiliary",
        "test_images",
        "genotype",
        "best_epoch",
        "best_validation_error_percent",
        "best_test_error_percent",
        "best_top5_error_percent");
    for (RetrainingResult r : results) {
      CsvRows.row(
          text,
          r.settings().seed(),
          r.settings().epochs(),
          r.score().errorPercent(),
          r.score().top5ErrorPercent(),
          r.cost().parameters(),
          r.cost().multiplyAdds(),
          r.seconds(),
          r.cost().parametersWithAuxiliary(),
          r.score().images(),
          r.genotype(),
          orEmpty(r.best(), BestEpoch::epoch),
          orEmpty(r.best(), BestEpoch::validationErrorPercent),
          orEmpty(r.best(), b -> b.score().errorPercent()),
          orEmpty(r.best(), b -> b.score().top5ErrorPercent()));
    }
    folder.write("evaluation.csv", text.toString());
    folder.writeJson("summary.json", RetrainingSummary.of(results).tree());
  }

  /** Writes all that a single training came to. */
  public void result(RetrainingResult result) {
    results(ImmutableList.of(result));
    confusion(result.confusion());
  }

  /**
   * Writes {@code confusion.csv}, a row a class with how many of its images were taken for each,
   * and {@code classes.csv}, a row a class with precision, recall and F1.
   */
  void confusion(Confusion confusion) {
    folder.write("confusion.csv", ConfusionCsv.counts(confusion));
    folder.write("classes.csv", ConfusionCsv.classes(confusion));
  }

  private static <T> Object orEmpty(Optional<T> given, Function<T, Object> value) {
    return given.map(value).orElse("");
  }
}
