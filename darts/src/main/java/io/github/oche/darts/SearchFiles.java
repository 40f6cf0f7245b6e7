package io.github.oche.darts;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.engine.FormatException;
import io.github.oche.engine.Mixture;
import io.github.oche.space.Candidate;
import io.github.oche.space.CellDrawing;
import io.github.oche.space.CellSpace;
import io.github.oche.space.Genotypes;
import io.github.oche.space.Supernet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a search finds into the folder of its run: {@code run.json} when it starts; {@code
 * metrics.csv}, {@code alphas.csv}, {@code genotype.txt}, {@code genotype.json} and {@code
 * cells.svg} after each epoch. If the search ends early, they are those of its last good epoch, and
 * {@link SearchCheckpoint#FILE_NAME} holds what it takes to go on from there. A search that ends
 * well removes that, and leaves its supernet, as {@code supernet.safetensors}, if it is one of the
 * DARTS space.
 *
 * <p>{@code metrics.csv} has a row an epoch; its last column is {@link SearchState#sha256}. {@code
 * alphas.csv} has a row for each candidate of each edge, of the start (epoch 0) and of each epoch;
 * its numbers parse back to the same floats.
 */
public final class SearchFiles implements SearchListener {
  private static final String[] METRICS = {
    "epoch",
    "learning_rate",
    "train_loss",
    "train_accuracy_percent",
    "validation_loss",
    "gradient_norm",
    "skipped_alpha_steps",
    "seconds",
    "images_per_second",
    "state_sha256"
  };
  private static final String[] ALPHAS = {"epoch", "cell", "edge", "operation", "alpha"};

  private final RunFolder folder;
  private final ImmutableMap<String, ?> run;
  private final StringBuilder metrics = new StringBuilder();
  private final StringBuilder alphas = new StringBuilder();
  private @Nullable Supernet supernet;

  /**
   * Files of one search.
   *
   * @param folder where they go
   * @param run the content of {@code run.json}; see {@link Provenance}
   */
  public SearchFiles(RunFolder folder, ImmutableMap<String, ?> run) {
    this.folder = folder;
    this.run = run;
  }

  @Override
  public void started(Supernet supernet, EpochReport start) {
    this.supernet = supernet;
    CsvRows.row(metrics, (Object[]) METRICS);
    CsvRows.row(alphas, (Object[]) ALPHAS);
    add(supernet, start);
    folder.writeJson(RunFolder.RUN, run);
    writeTables();
  }

  @Override
  public void resumed(ImmutableList<EpochReport> epochs) {
    epochs.stream().skip(1).forEach(this::row); // the start has its rows
    write(epochs.get(epochs.size() - 1));
  }

  @Override
  public void epoch(EpochReport report) {
    row(report);
    write(report);
  }

  private void row(EpochReport report) {
    if (supernet == null) {
      throw new IllegalStateException(
          "epoch " + report.epoch() + " of a search that has not started");
    }
    CsvRows.row(
        metrics,
        report.epoch(),
        report.rate(),
        report.trainingLoss(),
        100 * report.trainingAccuracy(),
        report.validationLoss(),
        report.gradientNorm(),
        report.skipped(),
        report.seconds(),
        report.imagesPerSecond(),
        report.stateSha256());
    add(supernet, report);
  }

  private void write(EpochReport report) {
    writeTables();
    folder.write(Genotypes.FILE_NAME, report.genotype() + "\n");
    folder.write("genotype.json", report.genotype().toJson() + "\n");
    folder.write("cells.svg", CellDrawing.svg(report.genotype()));
  }

  private void writeTables() {
    folder.write("metrics.csv", metrics.toString());
    folder.write("alphas.csv", alphas.toString());
  }

  @Override
  public void checkpoint(SearchCheckpoint now) {
    try {
      now.write(folder.path().resolve(SearchCheckpoint.FILE_NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void finished(SearchedSupernet searched) {
    if (SearchedSupernet.isDescribable(searched.supernet())) {
      try {
        searched.write(folder.path().resolve(SearchedSupernet.FILE_NAME));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    removeCheckpoint();
  }

  /**
   * The search that was interrupted in this folder, as it was after its last whole epoch.
   *
   * @return empty if there is none, or it had no whole epoch
   * @throws FormatException if it cannot be read
   */
  public Optional<SearchCheckpoint> checkpoint() {
    Path file = folder.path().resolve(SearchCheckpoint.FILE_NAME);
    try {
      return Files.exists(file) ? Optional.of(SearchCheckpoint.read(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the checkpoint of a search that is done, or is not to go on. */
  public void removeCheckpoint() {
    folder.remove(SearchCheckpoint.FILE_NAME);
  }

  private void add(Supernet supernet, EpochReport report) {
    add("normal", supernet.space().normal(), supernet.normal(), report);
    add("reduce", supernet.space().reduction(), supernet.reduction(), report);
  }

  private void add(String name, CellSpace cell, Mixture mixture, EpochReport report) {
    ImmutableList<Candidate> candidates = cell.candidates();
    ImmutableDoubleArray values = report.alphas();
    for (int edge = 0; edge < mixture.rows(); edge++) {
      for (int k = 0; k < mixture.columns(); k++) {
        float alpha = (float) values.get(mixture.offset() + edge * mixture.columns() + k);
        CsvRows.row(
            alphas, report.epoch(), name, edge, candidates.get(k).name(), Float.toString(alpha));
      }
    }
  }
}
