package io.github.oche.evaluation.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.SearchedSupernet;
import io.github.oche.darts.Sgd;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Dataset;
import io.github.oche.data.Split;
import io.github.oche.evaluation.Retraining;
import io.github.oche.evaluation.RetrainingListener;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorrelationStudyTest {
  private static final Dataset DATA = Searched.DATA;
  private static final RetrainingSettings SETTINGS =
      RetrainingSettings.quick()
          .withSize(4, 3)
          .withEpochs(2)
          .withBatch(20)
          .withAugmentation(Augmentation.NONE);

  private SearchedSupernet searched;

  @BeforeAll
  void search() {
    searched = Searched.supernet();
  }

  @Test
  void bothScoresAreOfTheImagesThatMovedAlphaAndTheOthersTrain() {
    Genotype genotype = Genotypes.named("DARTS_V1");
    ScoredArchitecture row =
        new CorrelationStudy(searched, DATA, SETTINGS, 20, 2)
            .score("DARTS_V1", genotype, RetrainingListener.NONE);
    Split halves = Split.inOrder(DATA.train(), 0.5); // as the search's settings say
    Dataset images =
        new Dataset(
            "halves",
            halves.training(),
            Optional.of(halves.validation()),
            DATA.classNames(),
            DATA.normalisation(),
            OptionalDouble.empty(),
            ImmutableList.of());
    var retrained = Retraining.train(genotype, images, SETTINGS, 1, RetrainingListener.NONE);
    assertThat(row.retrainedPercent()).isEqualTo(100 - retrained.score().errorPercent());
    assertThat(row.parameters()).isEqualTo(retrained.cost().parameters());
    InheritedScore inherited =
        new InheritedScore(
            searched, halves, DATA.normalisation(), 20, InheritedScore.CALIBRATION, 1);
    assertThat(row.inheritedPercent()).isEqualTo(inherited.evaluate(genotype));
    assertThat(row.drawn()).isFalse();
  }

  @Test
  void moreSamplesBeginWithTheSameAndKnownOnesFollow() {
    ImmutableMap<String, Genotype> three = CorrelationStudy.architectures(searched, 3, 9);
    assertThat(three.keySet())
        .containsExactly("sample-1", "sample-2", "sample-3", "found", "DARTS_V1", "DARTS_V2");
    assertThat(three).containsEntry("found", searched.genotype());
    ImmutableMap<String, Genotype> five = CorrelationStudy.architectures(searched, 5, 9);
    assertThat(five).containsAllEntriesOf(three);
    assertThat(CorrelationStudy.architectures(searched, 3, 8).get("sample-1"))
        .isNotEqualTo(three.get("sample-1"));
  }

  private static ScoredArchitecture row(
      String name, boolean drawn, double inherited, double retrained, long parameters) {
    return new ScoredArchitecture(
        name, drawn, inherited, retrained, parameters, 1.5, Genotypes.named("DARTS_V2"));
  }

  @Test
  void onlyDrawnArchitecturesAreCorrelated() {
    CorrelationTable table =
        new CorrelationTable(ImmutableList.of())
            .with(row("sample-1", true, 10, 50, 300))
            .with(row("sample-2", true, 20, 60.25, 200))
            .with(row("sample-3", true, 30, 70, 100))
            .with(row("found", false, 99, 1, 1));
    assertThat(table.ofInheritedWeights().kendall()).isEqualTo(1);
    assertThat(table.ofParameters().kendall()).isEqualTo(-1);
    assertThat(table.ofParameters().pairs()).isEqualTo(3);
    assertThat(CorrelationTable.parse("here", table.csv())).isEqualTo(table);
  }

  @Test
  void aTrainingThatDivergedIsTheWorst() {
    CorrelationTable table =
        new CorrelationTable(ImmutableList.of())
            .with(row("sample-1", true, 10, Double.NaN, 300))
            .with(row("sample-2", true, 20, 0, 200))
            .with(row("sample-3", true, 30, 70, 100));
    assertThat(table.ofInheritedWeights().kendall()).isEqualTo(1);
    assertThat(table.csv()).contains("sample-1,true,10.0,diverged,300,");
    assertThat(CorrelationTable.parse("here", table.csv())).isEqualTo(table);
  }

  @Test
  void aTrainingThatDivergesIsARowOfItsOwn() {
    RetrainingSettings hot =
        SETTINGS.withEpochs(20).withWeights(new Sgd(1000, 1000, 0.9, 1, Double.POSITIVE_INFINITY));
    ScoredArchitecture row =
        new CorrelationStudy(searched, DATA, hot, 20, 2)
            .score("sample-1", Genotypes.named("DARTS_V2"), RetrainingListener.NONE);
    assertThat(row.diverged()).isTrue();
    assertThat(row.parameters()).isPositive();
    assertThat(row.inheritedPercent()).isBetween(0.0, 100.0);
  }

  @Test
  void aSupernetOfOtherDataIsRefused() {
    Dataset other = DATA.padTo(DATA.train().height() + 4);
    assertThatThrownBy(() -> new CorrelationStudy(searched, other, SETTINGS, 20, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was searched on other data than " + other.name())
        .hasMessageContaining(DATA.sha256());
  }

  @Test
  void aDamagedTableIsRefused() {
    String csv = new CorrelationTable(ImmutableList.of(row("a", true, 1, 2, 3))).csv();
    assertThatThrownBy(() -> CorrelationTable.parse("t.csv", csv.replace(",3,", ",x,")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t.csv is no table that Oche wrote: For input string: \"x\"");
    assertThatThrownBy(
            () -> CorrelationTable.parse("t.csv", csv.substring(0, csv.indexOf(",\"Genotype"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t.csv is no table that Oche wrote: row 1 has 6 values");
    assertThatThrownBy(() -> CorrelationTable.parse("t.csv", csv.substring(0, csv.length() - 9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("t.csv is no table");
    assertThatThrownBy(
            () -> CorrelationTable.parse("t.csv", csv.replaceFirst("^name,drawn", "drawn,name")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("t.csv is no table that Oche wrote: its columns are not name,");
  }
}
