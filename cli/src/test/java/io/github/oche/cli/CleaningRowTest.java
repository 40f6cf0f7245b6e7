package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.Work;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.CleaningRun;
import io.github.oche.bilevel.problems.CorruptedSamples.Detection;
import org.junit.jupiter.api.Test;

class CleaningRowTest {
  @Test
  void aRowIsTheMeanOfItsRuns() {
    CleaningRun good =
        new CleaningRun(0.9, new Detection(1, 1), Work.NONE, 1, 3, Outcome.DONE, 0.25);
    CleaningRun bad =
        new CleaningRun(0.7, new Detection(0, 0), Work.NONE, 3, 1, Outcome.NOT_FINITE, 0.5);
    CleaningRow row = new CleaningRow("two", ImmutableList.of(good, bad));
    assertThat(row.accuracy().mean()).isCloseTo(80, offset(1e-12));
    assertThat(row.accuracy().deviation().orElseThrow())
        .isCloseTo(Math.sqrt(200), offset(1e-12)); // 90 and 70
    assertThat(row.f1().mean()).isEqualTo(50);
    assertThat(row.precision().mean()).isEqualTo(50);
    assertThat(row.recall().mean()).isEqualTo(50);
    assertThat(row.seconds().mean()).isEqualTo(2);
    assertThat(row.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(row.residual()).isEqualTo(0.5);
  }
}
