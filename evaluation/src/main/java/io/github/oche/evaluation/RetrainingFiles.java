package io.github.oche.evaluation;

import com.google.common.collect.ImmutableMap;
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
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes what trainings came to into the folder of a run: the genotype and its drawing when the
 * training starts, {@code training.csv} after each epoch, the trained model, and {@code
 * evaluation.csv}, a row a seed, at the end.
 */
public final class RetrainingFiles implements RetrainingListener {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

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
    row(
        training,
        "epoch",
        "learning_rate",
        "loss",
        "accuracy_percent",
        "seconds",
        "images_per_second");
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
    row(
        training,
        epoch.epoch(),
        epoch.rate(),
        epoch.loss(),
        100 * epoch.accuracy(),
        epoch.seconds(),
        epoch.imagesPerSecond());
    folder.write("training.csv", training.toString());
  }

  @Override
  public void trained(Model model) {
    try {
      Files.createDirectories(folder.path());
      ModelFormat.SAFETENSORS.write(model, folder.path().resolve(Model.FILE_NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes {@code evaluation.csv}. */
  public void results(List<RetrainingResult> results) {
    StringBuilder text = new StringBuilder();
    row(
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
        "genotype");
    for (RetrainingResult r : results) {
      row(
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
          r.genotype());
    }
    folder.write("evaluation.csv", text.toString());
  }

  private static void row(StringBuilder to, Object... values) {
    try {
      new CSVPrinter(to, FORMAT).printRecord(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string can always be written
    }
  }
}
