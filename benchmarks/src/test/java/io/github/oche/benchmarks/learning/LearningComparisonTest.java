package io.github.oche.benchmarks.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningComparisonTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seeds=1 | --seeds is [1], expected two or more different ones",
        "--seeds=1,2,1 | expected two or more different ones",
        "--only=first,third | --only has \"third\", expected training, first or second",
        "--threads=0 | --threads is 0, expected 1 or more",
        "--python=no/such/python | --python is \"no/such/python\", which is not there",
      })
  void badInputIsOneLineAndNothingIsWritten(String option, String message) {
    StringWriter err = new StringWriter();
    int code =
        LearningComparison.commandLine()
            .setErr(new PrintWriter(err))
            .execute(option, "--out=" + folder.resolve("out"));
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains(message).hasLineCount(1);
    assertThat(folder).isEmptyDirectory();
  }
}
