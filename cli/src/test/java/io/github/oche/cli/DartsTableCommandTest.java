package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is computed is tested where it is computed; here is what a user may do wrong. */
class DartsTableCommandTest {
  private static final List<String> DARTS = List.of("reproduce", "darts");

  private final Console console = new Console();

  @TempDir private Path temporary;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "--scale=big | unknown scale \"big\"; known: tiny, quick, full",
        "--scale=full | --scale full is for data of the size of CIFAR-10: give --data",
        "--scale=quick | --scale quick is for data of the size of CIFAR-10: give --data",
        "--validation=1 | validation is 1.0, expected at least 0",
        "--threads=0 | --threads is 0, expected 1 to 1024",
        "--format=html | unknown table format \"html\"; known: text, markdown, csv, latex",
        "--data=none | none",
        "--data-format=gif | gif",
        "--seeds=3 | unknown option '--seeds'"
      })
  void badInputIsToldInALine(String option, String message) {
    Path folder = temporary.resolve("out");
    assertThat(console.runTo(folder, DARTS, option)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(console.out.toString()).isEmpty();
    assertThat(console.err.toString().lines().findFirst().orElseThrow())
        .startsWith("oche reproduce darts: ")
        .contains(message);
    assertThat(console.err.toString().lines().count()).isLessThanOrEqualTo(2);
    assertThat(folder).doesNotExist();
  }

  @Test
  void aFolderOfOthersIsLeftAsItIs() throws Exception {
    Path file = Files.writeString(temporary.resolve("notes.txt"), "mine");
    assertThat(console.runTo(temporary, DARTS)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(console.out.toString()).isEmpty();
    assertThat(console.err.toString().lines()).hasSize(1);
    assertThat(console.err.toString()).contains(temporary + " is not empty");
    assertThat(temporary).isDirectoryContaining(file::equals);
    assertThat(file).hasContent("mine");
    try (var files = Files.list(temporary)) {
      assertThat(files).hasSize(1);
    }
  }
}
