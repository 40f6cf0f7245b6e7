package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.oche.darts.SearchedSupernet;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelateCommandTest {
  private static final List<String> TINY =
      List.of(
          ("correlate --samples=3 --channels=1 --cells=2 --epochs=1 --train-images=16 --batch=4"
                  + " --evaluate-channels=1 --evaluate-cells=1 --evaluate-epochs=1"
                  + " --evaluate-batch=4 --seed=3")
              .split(" "));

  @TempDir private Path folder;

  private final Console console = new Console();

  private int correlate(Path to, String... changes) {
    return console.runTo(to, TINY, changes);
  }

  @Test
  void aStudyGoesOnWhereItStoppedAndAnotherReusesItsSupernet() throws Exception {
    Path run = folder.resolve("run");
    assertThat(correlate(run)).as(console.err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(console.out.toString())
        .contains("sample-3", "found", "DARTS_V2", "inherited weights", "parameters alone");
    assertThat(console.out.toString()).contains("so few say little", "--samples 12");
    List<String> rows = Files.readAllLines(run.resolve("correlation.csv"));
    assertThat(rows).hasSize(1 + 3 + 3);

    // interrupted after two rows, and asked for one more: what is there stays, bit for bit
    Files.write(run.resolve("correlation.csv"), rows.subList(0, 3));
    assertThat(correlate(run, "--samples=4")).as(console.err.toString()).isEqualTo(ExitCode.DONE);
    List<String> more = Files.readAllLines(run.resolve("correlation.csv"));
    assertThat(more).hasSize(1 + 4 + 3).startsWith(rows.get(0), rows.get(1), rows.get(2));
    assertThat(withoutSeconds(more)).containsAll(withoutSeconds(rows));

    // other settings are not mixed with these
    assertThat(correlate(run, "--seed=4")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(console.err.toString().lines()).hasSize(1);
    assertThat(console.err.toString()).contains("supernet.seed is 3 there, 4 here");
    assertThat(Files.readAllLines(run.resolve("correlation.csv"))).isEqualTo(more);

    // the same supernet from its file: the same figures
    Path other = folder.resolve("other");
    int code =
        console.run(
            "correlate",
            "--samples=3",
            "--supernet=" + run,
            "--evaluate-channels=1",
            "--evaluate-cells=1",
            "--evaluate-epochs=1",
            "--evaluate-batch=4",
            "--seed=3",
            "--out=" + other);
    assertThat(code).as(console.err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(withoutSeconds(Files.readAllLines(other.resolve("correlation.csv"))))
        .isEqualTo(withoutSeconds(rows));
    assertThat(other.resolve(SearchedSupernet.FILE_NAME)).doesNotExist();
  }

  @Test
  void interruptedInItsSearchTheSameCommandGoesOn() throws Exception {
    Path run = folder.resolve("run");
    PrintWriter interrupted =
        new PrintWriter(console.out) {
          @Override
          public void println(String line) {
            if (line.startsWith("epoch 1")) {
              throw new IllegalStateException("interrupted");
            }
            super.println(line);
          }
        };
    List<String> arguments = new ArrayList<>(TINY);
    arguments.addAll(List.of("--epochs=2", "--out=" + run));
    String[] command = arguments.toArray(new String[0]);
    assertThat(Oche.run(interrupted, new PrintWriter(console.err), command))
        .isEqualTo(ExitCode.FAILED);
    assertThat(console.run(command)).as(console.err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(console.out.toString()).contains("goes on after epoch 1", "inherited weights");
  }

  private static List<String> withoutSeconds(List<String> rows) {
    return rows.stream().map(row -> row.replaceFirst(",[^,]*,(?=\"|genotype)", ",")).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--samples=2 | --samples is 2, expected 3 to 1000000",
        "--evaluate-epochs=0 | epochs is 0",
        "--evaluate-batch=9 | batch size 9",
        "--train-images=100000 | 100,000",
        "--supernet=nowhere | --order is of a search",
        "--preset=fast | --preset is \"fast\", expected quick, code or paper"
      })
  void badInputIsOneLineAndNothingIsWritten(String option, String message) throws Exception {
    String[] changes =
        option.startsWith("--supernet")
            ? new String[] {option, "--order=1"}
            : new String[] {option};
    assertThat(correlate(folder.resolve("run"), changes)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(console.err.toString().lines()).hasSize(1);
    assertThat(console.err.toString()).startsWith("oche correlate: ").contains(message);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aSupernetThatIsNoneIsRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "no supernet at all");
    for (String supernet : List.of("nowhere", folder.toString(), text.toString())) {
      Console one = new Console();
      assertThat(one.run("correlate", "--supernet=" + supernet, "--out=" + folder.resolve("run")))
          .isEqualTo(ExitCode.BAD_INPUT);
      assertThat(one.err.toString().lines()).hasSize(1);
      assertThat(one.err.toString()).contains(supernet);
    }
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
