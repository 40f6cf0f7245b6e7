package io.github.oche.evaluation.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.oche.evaluation.trial.RandomSearch;
import io.github.oche.evaluation.trial.RegularisedEvolution;
import io.github.oche.evaluation.trial.Trial;
import io.github.oche.evaluation.trial.TrialSearch;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class NasBench201Test {
  private static final NasBench201 TABLE = NasBench201.load();

  @Test
  void allCellsAreThereOnceEach() {
    BitSet codes = new BitSet();
    for (NasBench201Cell cell : TABLE.cells()) {
      assertThat(NasBench201Cell.parse(cell.toString())).isEqualTo(cell);
      codes.set(cell.code());
    }
    assertThat(TABLE.cells()).hasSize(15_625).doesNotHaveDuplicates();
    assertThat(codes.cardinality()).isEqualTo(15_625);
    assertThat(codes.length()).isEqualTo(15_625);
  }

  @Test
  void aRowIsTheCellOfItsText() {
    NasBench201Cell cell = TABLE.cells().get(1);
    assertThat(cell)
        .hasToString(
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|"
                + "+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|");
    double[] row = {93.66, 70.293333, 44.033333, 82.834, 88.22, 57.8, 58.26, 35.433333, 33.8};
    Accuracy[] columns = Accuracy.values();
    assertThat(columns).hasSize(row.length);
    for (int i = 0; i < row.length; i++) {
      assertThat(TABLE.accuracy(cell, columns[i])).as(columns[i].column()).isEqualTo(row[i]);
      assertThat(TABLE.evaluator(columns[i]).evaluate(cell)).isEqualTo(row[i]);
    }
  }

  @Test
  void theBestAreThePublishedOptimum() {
    assertThat(largest(Accuracy.CIFAR10_TEST_200)).isCloseTo(94.3733, within(5e-5));
    assertThat(largest(Accuracy.CIFAR100_TEST_200)).isCloseTo(73.5133, within(5e-5));
    assertThat(largest(Accuracy.IMAGENET16_120_TEST_200)).isCloseTo(47.3111, within(5e-5));
  }

  private static double largest(Accuracy accuracy) {
    return TABLE.cells().stream()
        .mapToDouble(cell -> TABLE.accuracy(cell, accuracy))
        .max()
        .orElseThrow();
  }

  @Test
  void allSkipIsWhatIsPublishedForDarts() {
    NasBench201Cell skip = NasBench201Cell.of(CellOperation.SKIP_CONNECT);
    assertThat(TABLE.accuracy(skip, Accuracy.CIFAR10_TEST_200)).isCloseTo(54.30, within(5e-3));
    assertThat(TABLE.accuracy(skip, Accuracy.CIFAR100_TEST_200)).isCloseTo(15.61, within(5e-3));
    assertThat(TABLE.accuracy(skip, Accuracy.IMAGENET16_120_TEST_200))
        .isCloseTo(16.32, within(5e-3));
  }

  @Test
  void aSearchReturnsTheAccuracyOfItsCellAndASeedIsEverything() {
    List<TrialSearch<NasBench201Cell>> searches =
        List.of(
            new RandomSearch<>(NasBench201Space.INSTANCE),
            new RegularisedEvolution<>(NasBench201Space.INSTANCE, 10, 3));
    for (TrialSearch<NasBench201Cell> search : searches) {
      Trial<NasBench201Cell> found =
          search.search(TABLE.evaluator(Accuracy.CIFAR10_VALID_12), 100, 3);
      assertThat(found.accuracy())
          .isEqualTo(TABLE.accuracy(found.architecture(), Accuracy.CIFAR10_VALID_12));
      assertThat(search.search(TABLE.evaluator(Accuracy.CIFAR10_VALID_12), 100, 3))
          .isEqualTo(found);
      assertThat(search.search(TABLE.evaluator(Accuracy.CIFAR10_VALID_12), 100, 4))
          .isNotEqualTo(found);
    }
  }
}
