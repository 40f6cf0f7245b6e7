package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  private final StringWriter text = new StringWriter();
  private long now;

  private Progress progress(Terminal terminal) {
    return new Progress(new PrintWriter(text), terminal, () -> now);
  }

  /** Steps of half a second each. */
  private void steps(Progress progress, int count) {
    for (int i = 1; i <= count; i++) {
      int step = i;
      now += TimeUnit.MILLISECONDS.toNanos(500);
      progress.update(() -> "epoch 1/2 step " + step + "/100");
    }
  }

  @Test
  void whereNothingCanBeRedrawnALineComesEveryHalfMinute() {
    steps(progress(new Terminal(false, 80)), 130);
    assertThat(text.toString()).doesNotContain("\r");
    assertThat(text.toString().lines())
        .containsExactly("epoch 1/2 step 60/100", "epoch 1/2 step 120/100");
  }

  @Test
  void onATerminalOneLineIsDrawnOverAndFits() {
    steps(progress(new Terminal(true, 12)), 3);
    assertThat(text.toString()).isEqualTo("\repoch 1/2 s".repeat(3));
  }

  @Test
  void aShorterLineLeavesNothingOfALongerOne() {
    Progress progress = progress(new Terminal(true, 80));
    now += TimeUnit.SECONDS.toNanos(1);
    progress.update(() -> "longer");
    now += TimeUnit.SECONDS.toNanos(1);
    progress.update(() -> "short");
    assertThat(text.toString()).isEqualTo("\rlonger\rshort ");
  }

  @Test
  void redrawingIsNoMoreOftenThanPeopleCanSee() {
    Progress progress = progress(new Terminal(true, 80));
    for (int i = 0; i < 1000; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(1);
      progress.update(() -> "x");
    }
    assertThat(text.toString()).isEqualTo("\rx".repeat(5));
  }

  @Test
  void whatStaysIsNotMixedWithTheRedrawnLine() {
    Progress progress = progress(new Terminal(true, 80));
    now += TimeUnit.SECONDS.toNanos(1);
    progress.update(() -> "drawn");
    progress.say("genotype");
    assertThat(text.toString()).isEqualTo("\rdrawn\r     \rgenotype" + System.lineSeparator());
  }

  @ParameterizedTest
  @CsvSource({
    "0.4, 0s",
    "59, 59s",
    "59.6, 1m00s",
    "3599, 59m59s",
    "3600, 1h00m",
    "90000, 25h00m",
    "NaN, ?"
  })
  void timesAreShort(double seconds, String shown) {
    assertThat(Progress.duration(seconds)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"no, false, 80", "'', true, 80", "132, true, 132", "0, true, 80", "x, true, 80"})
  void theLauncherTellsWhatTheTerminalIs(String property, boolean redraws, int columns) {
    assertThat(Terminal.parse(property)).isEqualTo(new Terminal(redraws, columns));
  }
}
