package io.github.oche.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.github.oche.darts.Effort;
import io.github.oche.darts.FolderLock;
import io.github.oche.darts.RunFolder;
import io.github.oche.darts.SearchHypergradient;
import io.github.oche.darts.SearchListener;
import io.github.oche.darts.SearchProgress;
import io.github.oche.darts.Searcher;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.evaluation.Killed;
import io.github.oche.evaluation.Retraining;
import io.github.oche.evaluation.RetrainingListener;
import io.github.oche.evaluation.RetrainingResult;
import io.github.oche.evaluation.TrainingProgress;
import io.github.oche.evaluation.report.TableFormat;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReproductionTest {
  private static final Protocol PROTOCOL = Small.protocol();
  private static final Dataset DATA = Small.data();

  @TempDir private static Path shared;
  private static Path undisturbed;
  private static ImmutableList<MethodResult> rows;

  @TempDir private Path temporary;

  @BeforeAll
  static void carryOutUndisturbed() {
    undisturbed = shared.resolve("undisturbed");
    rows = reproduction(undisturbed).run(ReproductionListener.NONE);
  }

  private static Reproduction reproduction(Path folder) {
    return new Reproduction(PROTOCOL, DATA, folder, 1);
  }

  private static MethodResult row(Method method) {
    return rows.stream().filter(row -> row.method() == method).findFirst().orElseThrow();
  }

  /** All that does not depend on time, as text. */
  private static List<String> timeless(List<MethodResult> results) {
    return results.stream()
        .map(r -> r.method() + " " + r.candidates() + r.chosen() + r.trainings() + r.diverged())
        .toList();
  }

  private static Map<String, FileTime> times(Path folder) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(folder.relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  @Test
  void everyMethodIsTrainedFromEverySeed() {
    assertThat(rows.stream().map(MethodResult::method)).containsExactly(Method.values());
    for (MethodResult row : rows) {
      assertThat(row.trainings().stream().map(TrainingOutcome::seed)).containsExactly(0L, 1L);
      assertThat(row.diverged()).isEmpty();
      assertThat(row.training().coreSeconds()).isPositive();
    }
    assertThat(row(Method.DARTS_V2).trainings())
        .allMatch(t -> t.genotype().equals(Genotypes.named("DARTS_V2")));
  }

  @Test
  void aTrainingIsTheOneThatRetrainingDoes() {
    for (TrainingOutcome outcome : row(Method.AMOEBANET_A).trainings()) {
      RetrainingResult alone =
          Retraining.train(
              Genotypes.named("AmoebaNet"),
              DATA,
              PROTOCOL.training().withSeed(outcome.seed()),
              2,
              RetrainingListener.NONE);
      assertThat(outcome.errorPercent()).isEqualTo(alone.score().errorPercent());
      assertThat(outcome.bestEpochErrorPercent().orElseThrow())
          .isEqualTo(alone.best().orElseThrow().score().errorPercent());
      assertThat(outcome.cost()).isEqualTo(alone.cost());
    }
  }

  @Test
  void candidatesAreWhatSearchesFindAndTheBestOfThemIsTrained() {
    for (Method method : List.of(Method.FIRST_ORDER, Method.SECOND_ORDER)) {
      SearchHypergradient order =
          method == Method.FIRST_ORDER ? SearchHypergradient.FIRST : SearchHypergradient.SECOND;
      MethodResult row = row(method);
      for (int k = 0; k < PROTOCOL.searches(); k++) {
        Genotype found =
            new Searcher(PROTOCOL.search().withHypergradient(order).withSeed(k))
                .search(DATA, 2, SearchListener.NONE)
                .genotype();
        assertThat(row.candidates().get(k).genotype()).isEqualTo(found);
      }
      assertTheBestIsTrained(row);
      assertThat(row.search().coreSeconds()).isPositive();
    }
    MethodResult random = row(Method.RANDOM_SEARCH);
    assertThat(random.candidates()).hasSize(PROTOCOL.randomCells());
    assertTheBestIsTrained(random);
    assertThat(random.search()).isEqualTo(Effort.NONE);
    assertThat(random.selection().coreSeconds()).isPositive();
  }

  private static void assertTheBestIsTrained(MethodResult row) {
    double least =
        row.candidates().stream().mapToDouble(TrainingOutcome::errorPercent).min().orElseThrow();
    TrainingOutcome chosen = row.chosen().orElseThrow();
    assertThat(chosen.errorPercent()).isEqualTo(least);
    assertThat(row.trainings()).allMatch(t -> t.genotype().equals(chosen.genotype()));
  }

  @Test
  void randomArchitecturesAreTheDrawsThatRandomSearchChoosesAmong() {
    assertThat(row(Method.RANDOM_ARCHITECTURE).trainings().stream().map(t -> t.genotype()))
        .containsExactlyElementsOf(
            row(Method.RANDOM_SEARCH).candidates().stream().map(t -> t.genotype()).toList())
        .doesNotHaveDuplicates();
  }

  /** 12 images choose, so errors are multiples of a twelfth; the 40 test images have no part. */
  @Test
  void theTestImagesChooseNothing() {
    Images halves = Images.halves(DATA, 0.5, 0);
    assertThat(halves.data().train().count()).isEqualTo(12);
    assertThat(halves.data().test().orElseThrow().count()).isEqualTo(12);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      parts.add(pixels(halves.data().train(), i));
      parts.add(pixels(halves.data().test().orElseThrow(), i));
    }
    List<String> training = new ArrayList<>();
    for (int i = 0; i < DATA.train().count(); i++) {
      training.add(pixels(DATA.train(), i));
    }
    assertThat(parts).containsExactlyInAnyOrderElementsOf(training);
    for (MethodResult row : rows) {
      for (TrainingOutcome candidate : row.candidates()) {
        double twelfths = candidate.errorPercent() * 12 / 100;
        assertThat(twelfths).isEqualTo(Math.rint(twelfths));
      }
    }
  }

  private static String pixels(ImageData images, int image) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < images.height(); row++) {
      for (int column = 0; column < images.width(); column++) {
        text.append(images.pixel(image, 0, row, column)).append(' ');
      }
    }
    return text.toString();
  }

  @Test
  void whatIsDoneIsReadBackAndNothingIsWrittenAgain() throws IOException {
    Map<String, FileTime> before = times(undisturbed);
    List<JobProgress> heard = new ArrayList<>();
    ImmutableList<MethodResult> again =
        new Reproduction(PROTOCOL, DATA, undisturbed, 2)
            .run(
                new ReproductionListener() {
                  @Override
                  public void started(JobProgress job) {
                    heard.add(job);
                  }
                });
    assertThat(again).isEqualTo(rows);
    assertThat(heard).hasSize(PROTOCOL.jobs()).allMatch(JobProgress::readBack);
    Map<String, FileTime> after = times(undisturbed);
    for (Map<String, FileTime> files : List.of(before, after)) {
      files.keySet().removeAll(List.of("run.json", "lock.tmp"));
    }
    assertThat(after).isEqualTo(before);
  }

  @Test
  void eachSearchAndTrainingIsAnOrdinaryRunFolder() {
    for (String name :
        List.of(
            "search/darts-second-order-1",
            "selection/random-search-0",
            "final/nasnet-a/seed-1",
            "final/darts-first-order/seed-0")) {
      Path run = undisturbed.resolve(name);
      assertThat(Genotypes.resolve(run.toString())).isNotNull();
      assertThat(run.resolve("run.json")).exists();
      assertThat(run.resolve("cells.svg")).exists();
    }
    assertThat(undisturbed.resolve("final/nasnet-a/seed-1/model.safetensors")).exists();
  }

  @Test
  void theReportIsWrittenInEveryForm() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("report"));
    DartsReport report = DartsReport.of(PROTOCOL, DATA, 1, rows);
    report.write(RunFolder.existing(folder));
    assertThat(folder.resolve("table.txt"))
        .content()
        .isEqualTo(report.text(TableFormat.TEXT))
        .contains("DARTS, second order", "2.76 +- 0.09", "compare with random sampling");
    assertThat(folder.resolve("table.md")).content().contains("| DARTS, second order |", "2.76 ±");
    assertThat(folder.resolve("table.tex")).content().contains("tabular", "DARTS\\_V2");
    assertThat(Files.readAllLines(folder.resolve("table.csv"))).hasSize(1 + rows.size());
  }

  /** Stops in the middle of the first search, of a later one, and of trainings of each kind. */
  @Test
  void anInterruptionChangesNothing() {
    Path folder = temporary.resolve("interrupted");
    for (String stop :
        List.of(
            "search/darts-first-order-0",
            "search/darts-second-order-1",
            "selection/random-search-1",
            "final/random-search/seed-0",
            "final/darts-v2/seed-1")) {
      assertThatThrownBy(() -> reproduction(folder).run(new Stop(stop)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(stop);
      assertThat(folder.resolve(stop).resolve("run.json")).exists();
      assertThat(folder.resolve(stop).resolve("done.json")).doesNotExist();
    }
    assertThat(timeless(reproduction(folder).run(ReproductionListener.NONE)))
        .isEqualTo(timeless(rows));
  }

  /** Stops in the second epoch of a search, and again where it goes on. */
  @Test
  void aSearchGoesOnAfterItsLastWholeEpoch() {
    Path folder = temporary.resolve("search");
    Protocol longer =
        new Protocol(
            PROTOCOL.scale(),
            PROTOCOL.search().withEpochs(2),
            1,
            0.5,
            PROTOCOL.selection(),
            1,
            PROTOCOL.training(),
            1);
    ReproductionListener second =
        new ReproductionListener() {
          @Override
          public void step(JobProgress job, SearchProgress now) {
            if (now.epoch() == 2) {
              throw new IllegalStateException("stopped");
            }
          }
        };
    assertThatThrownBy(() -> new Reproduction(longer, DATA, folder, 1).run(second))
        .hasMessage("stopped");
    ReproductionListener resumed =
        new ReproductionListener() {
          @Override
          public void resumed(JobProgress job, int epochs) {
            throw new IllegalStateException(job.name() + " after " + epochs);
          }
        };
    assertThatThrownBy(() -> new Reproduction(longer, DATA, folder, 1).run(resumed))
        .hasMessage("search/darts-first-order-0 after 1");
  }

  private record Stop(String name) implements ReproductionListener {
    @Override
    public void step(JobProgress job, SearchProgress now) {
      stop(job);
    }

    @Override
    public void step(JobProgress job, TrainingProgress now) {
      stop(job);
    }

    private void stop(JobProgress job) {
      if (job.name().equals(name)) {
        throw new IllegalStateException(name);
      }
    }
  }

  /** A process is killed with no chance to clean up, at two moments that chance decides. */
  @Test
  void aKilledProcessChangesNothing() throws Exception {
    Path folder = temporary.resolve("killed");
    for (String moment : List.of("search/darts-first-order-1/run.json", "final/nasnet-a/seed-1")) {
      Killed.when(folder.resolve(moment), Small.class, folder, temporary.resolve("output.txt"));
    }
    assertThat(timeless(reproduction(folder).run(ReproductionListener.NONE)))
        .isEqualTo(timeless(rows));
  }

  @Test
  void otherSettingsAreRefusedAndNothingIsTouched() throws IOException {
    Map<String, FileTime> before = times(undisturbed);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reproduction(PROTOCOL.withSeed(1), DATA, undisturbed, 1))
        .withMessageContaining(
            "is a run of other settings: protocol.search.seed is 0 there, 1 here");
    Dataset fewer = DATA.limitTrain(20, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reproduction(PROTOCOL, fewer, undisturbed, 1))
        .withMessageContaining("data.sha256 is");
    assertThat(times(undisturbed)).isEqualTo(before);
  }

  @Test
  void aStrangersFolderIsRefusedAndLeftAsItIs() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("strange"));
    Path file = Files.writeString(folder.resolve("thesis.txt"), "chapter 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reproduction(folder))
        .withMessageContaining("strange is not empty");
    assertThat(file).hasContent("chapter 1");
    Files.delete(file);
    Path inside = folder.resolve("search/darts-first-order-0");
    Files.createDirectories(inside);
    Files.delete(inside);
    Files.delete(inside.getParent());
    reproduction(folder); // empty is as good as none
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "selection/random-search-0/evaluation.csv | | delete that file, and the same command trains",
        "selection/random-search-0/evaluation.csv | \"cut | is no evaluation that Oche wrote",
        "search/darts-first-order-0/genotype.txt | Genotype(normal=[('max | is never closed",
        "search/darts-first-order-0/done.json | {} | core_seconds is null",
      })
  void whatIsDamagedIsNamed(String file, @Nullable String content, String message)
      throws IOException {
    Path folder = temporary.resolve("damaged");
    try (Stream<Path> files = Files.walk(undisturbed)) {
      for (Path from : files.toList()) {
        Files.copy(from, folder.resolve(undisturbed.relativize(from).toString()));
      }
    }
    Path damaged = folder.resolve(file);
    if (content == null) {
      Files.delete(damaged);
    } else {
      Files.writeString(damaged, content);
    }
    Reproduction reproduction = reproduction(folder);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reproduction.run(ReproductionListener.NONE))
        .withMessageContaining(file.substring(0, file.lastIndexOf('/')))
        .withMessageContaining(message);
  }

  @Test
  void twoProcessesDoNotWorkOnOne() {
    Path folder = temporary.resolve("one");
    try (FolderLock first = new FolderLock(folder)) {
      first.take();
      Reproduction second = reproduction(folder);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> second.run(ReproductionListener.NONE))
          .withMessageContaining("a run is under way in " + folder);
    }
  }

  @Test
  void whatDoesNotFitIsToldBeforeAnythingIsWritten() {
    Path folder = temporary.resolve("none");
    Protocol tooMany =
        new Protocol(
            "x",
            PROTOCOL.search().withTrainImages(1000),
            1,
            0.5,
            PROTOCOL.selection(),
            1,
            PROTOCOL.training(),
            1);
    assertThatThrownBy(() -> new Reproduction(tooMany, DATA, folder, 1))
        .hasMessageContaining("1,000");
    assertThat(folder).doesNotExist();
  }
}
