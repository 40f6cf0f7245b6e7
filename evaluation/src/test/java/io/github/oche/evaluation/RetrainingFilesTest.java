package io.github.oche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.RunFolder;
import io.github.oche.evaluation.model.Model;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrainingFilesTest {
  private static final Genotype GENOTYPE = Genotypes.named("NASNet");
  private static final Cost COST = new Cost(100, 7, 5000);

  @TempDir Path temporary;

  private List<CSVRecord> read(String name) throws Exception {
    try (CSVParser parser =
        CSVParser.parse(
            Files.readString(temporary.resolve("run").resolve(name)), CSVFormat.RFC4180)) {
      return parser.getRecords();
    }
  }

  @Test
  void filesHoldTheTraining() throws Exception {
    RetrainingFiles files =
        new RetrainingFiles(RunFolder.at(temporary.resolve("run")), ImmutableMap.of("threads", 2));
    assertThat(temporary.resolve("run")).doesNotExist();
    files.started(GENOTYPE, COST);
    assertThat(temporary.resolve("run/run.json")).content().contains("\"threads\" : 2");
    assertThat(Genotypes.resolve(temporary.resolve("run").toString())).isEqualTo(GENOTYPE);
    assertThat(temporary.resolve("run/cells.svg")).content().contains("<svg");

    files.epoch(new TrainingEpoch(1, 0.025, 2.5, 0.25, Optional.empty(), 3.5, 120));
    assertThat(read("training.csv")).hasSize(2);
    files.epoch(new TrainingEpoch(2, 0.0125, 1.5, 0.5, Optional.of(new Score(31, 2, 100)), 3, 130));
    List<CSVRecord> training = read("training.csv");
    assertThat(training).hasSize(3);
    assertThat(training.get(0).toList())
        .containsExactly(
            "epoch",
            "learning_rate",
            "loss",
            "accuracy_percent",
            "seconds",
            "images_per_second",
            "validation_error_percent");
    assertThat(training.get(1).toList())
        .containsExactly("1", "0.025", "2.5", "25.0", "3.5", "120.0", "");
    assertThat(training.get(2).toList())
        .containsExactly("2", "0.0125", "1.5", "50.0", "3.0", "130.0", "31.0");
  }

  @Test
  void theTrainedModelIsKept() throws Exception {
    RetrainingFiles files =
        new RetrainingFiles(RunFolder.at(temporary.resolve("run")), ImmutableMap.of());
    Model model = Trained.model(GENOTYPE);
    files.trained(model);
    assertThat(temporary.resolve("run/best.safetensors")).doesNotExist();
    files.best(3, model);
    assertThat(temporary.resolve("run/best.safetensors"))
        .hasSameBinaryContentAs(temporary.resolve("run/model.safetensors"));
    Model read = Model.read(temporary.resolve("run").resolve(Model.FILE_NAME));
    assertThat(read.genotype()).isEqualTo(GENOTYPE);
    assertThat(read.weights()).isEqualTo(model.weights());
  }

  @Test
  void scoresAreARowASeed() throws Exception {
    RetrainingFiles files =
        new RetrainingFiles(RunFolder.at(temporary.resolve("run")), ImmutableMap.of());
    RetrainingSettings settings = Patterns.settings();
    RetrainingFigures first =
        RetrainingSummaryTest.figures(settings.withSeed(4), 12.5, 0.5, 61.5, Double.NaN);
    files.results(ImmutableList.of(first));
    assertThat(read("evaluation.csv")).hasSize(2);
    files.results(
        ImmutableList.of(
            first, RetrainingSummaryTest.figures(settings.withSeed(5), 13, 1, 60, 12)));
    List<CSVRecord> rows = read("evaluation.csv");
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).toList())
        .startsWith(
            "seed",
            "epochs",
            "test_error_percent",
            "top5_error_percent",
            "parameters",
            "multiply_adds",
            "seconds")
        .doesNotHaveDuplicates();
    assertThat(rows.get(1).toList())
        .containsExactly(
            "4",
            "2",
            "12.5",
            "0.5",
            "100",
            "5000",
            "61.5",
            "107",
            "200",
            GENOTYPE.toString(),
            "",
            "",
            "",
            "");
    assertThat(rows.get(2).toList())
        .startsWith("5", "2", "13.0", "1.0", "100", "5000", "60.0")
        .endsWith(GENOTYPE.toString(), "3", "6.0", "12.0", "3.0");
    assertThat(rows.get(0).toList())
        .endsWith(
            "genotype",
            "best_epoch",
            "best_validation_error_percent",
            "best_test_error_percent",
            "best_top5_error_percent");
    assertThat(temporary.resolve("run/summary.json"))
        .content()
        .contains("\"seeds\" : [ 4, 5 ]", "\"mean\" : 12.75", "\"deviation\" : 0.35355339");
    assertThat(Files.readString(temporary.resolve("run/evaluation.csv"))).doesNotContain("\r");
  }

  /** After a search, its run.json says everything already. */
  @Test
  void withoutProvenanceRunJsonIsLeftAlone() throws Exception {
    RunFolder folder = RunFolder.at(temporary.resolve("run"));
    folder.write("run.json", "{}");
    new RetrainingFiles(folder, ImmutableMap.of()).started(GENOTYPE, COST);
    assertThat(temporary.resolve("run/run.json")).hasContent("{}");
  }
}
