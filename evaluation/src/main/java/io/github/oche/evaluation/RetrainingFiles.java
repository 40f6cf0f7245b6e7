package io.github.oche.evaluation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.CsvRows;
import io.github.oche.darts.RunFolder;
import io.github.oche.engine.FormatException;
import io.github.oche.evaluation.model.Model;
import io.github.oche.evaluation.model.ModelFormat;
import io.github.oche.space.CellDrawing;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes what trainings came to into the folder of a run: the genotype and its drawing when the
 * training starts, {@code training.csv} and a checkpoint after each epoch, the trained model and
 * the best epoch's, and at the end {@code evaluation.csv}, a row a seed, {@code summary.json},
 * {@code confusion.csv} and {@code classes.csv}.
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

  /**
   * The training that was interrupted in this folder, as it was after its last whole epoch.
   *
   * @return empty if there is none, or it had no whole epoch
   * @throws FormatException if it cannot be read
   */
  public Optional<Checkpoint> checkpoint() {
    Path file = folder.path().resolve(Checkpoint.FILE_NAME);
    try {
      return Files.exists(file) ? Optional.of(Checkpoint.read(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes the checkpoint of a training whose results are written. Until then an interruption
   * costs no epoch.
   */
  public void removeCheckpoint() {
    folder.remove(Checkpoint.FILE_NAME);
  }

  /**
   * What the training of this folder came to.
   *
   * @param settings of that training
   * @return empty if it is not done
   * @throws FormatException if the file is damaged
   */
  public Optional<RetrainingFigures> figures(RetrainingSettings settings) {
    Path file = folder.path().resolve(EvaluationCsv.FILE_NAME);
    if (Files.exists(folder.path().resolve(Checkpoint.FILE_NAME)) || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(EvaluationCsv.read(file, settings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void started(Genotype genotype, Cost cost) {
    if (!run.isEmpty()) {
      folder.writeJson(RunFolder.RUN, run);
    }
    folder.write(Genotypes.FILE_NAME, genotype + "\n");
    folder.write("cells.svg", CellDrawing.svg(genotype));
  }

  @Override
  public void resumed(ImmutableList<TrainingEpoch> epochs) {
    epochs.forEach(this::row);
    folder.write("training.csv", training.toString());
  }

  @Override
  public void epoch(TrainingEpoch epoch) {
    row(epoch);
    folder.write("training.csv", training.toString());
  }

  private void row(TrainingEpoch epoch) {
    CsvRows.row(
        training,
        epoch.epoch(),
        epoch.rate(),
        epoch.loss(),
        100 * epoch.accuracy(),
        epoch.seconds(),
        epoch.imagesPerSecond(),
        epoch.validation().<Object>map(Score::errorPercent).orElse(""));
  }

  @Override
  public void checkpoint(Checkpoint now) {
    write(now::write, Checkpoint.FILE_NAME);
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
    write(file -> ModelFormat.SAFETENSORS.write(model, file), name);
  }

  private interface Content {
    void write(Path file) throws IOException;
  }

  private void write(Content content, String name) {
    try {
      Files.createDirectories(folder.path());
      content.write(folder.path().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes {@code evaluation.csv} and {@code summary.json}, in place of those of fewer seeds.
   *
   * @param trainings so far, at least one
   */
  public void results(List<RetrainingFigures> trainings) {
    folder.write(EvaluationCsv.FILE_NAME, EvaluationCsv.of(trainings));
    folder.writeJson("summary.json", RetrainingSummary.of(trainings).tree());
  }

  /** Writes all that a single training came to. */
  public void result(RetrainingResult result) {
    results(ImmutableList.of(result.figures()));
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
}
