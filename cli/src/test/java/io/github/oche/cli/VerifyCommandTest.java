package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  /** It lies with the tests of the module that does the work. */
  private static final Path PACKED =
      Path.of(
          "../evaluation/src/test/resources/io/github/oche/evaluation/golden",
          "darts-nasnet-network-c6-l5.safetensors.gz");

  @TempDir static Path folder;

  private static Path golden = Path.of("");

  private final Console console = new Console();
  private final StringWriter out = console.out;
  private final StringWriter err = console.err;

  @BeforeAll
  static void unpack() throws Exception {
    golden = folder.resolve("nasnet.safetensors");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(PACKED))) {
      Files.copy(in, golden);
    }
  }

  private int verify(Object... files) {
    String[] arguments = new String[files.length + 1];
    arguments[0] = "verify";
    for (int i = 0; i < files.length; i++) {
      arguments[i + 1] = files[i].toString();
    }
    return console.run(arguments);
  }

  @Test
  void aLineAQuantity() {
    assertThat(verify(golden)).as(err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().lines())
        .hasSize(8)
        .allMatch(line -> line.matches("\\S.* [0-9.]+e[+-]\\d\\d +limit \\S+ +ok( .*)?"));
    assertThat(out.toString()).contains("train.grad.*", "buffers.*", "eval.logits");
  }

  @Test
  void ofSeveralFilesEachIsNamed() {
    assertThat(verify(golden, golden, "--threads=1")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines()).hasSize(18).contains(golden.toString());
  }

  @Test
  void oneWrongQuantityIsExitCodeOne() throws Exception {
    byte[] bytes = Files.readAllBytes(golden);
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) file.getLong(0);
    String json = new String(bytes, 8, header, StandardCharsets.UTF_8);
    String entry = json.substring(json.indexOf("\"eval.logits\""));
    int begin =
        Integer.parseInt(entry.replaceFirst("(?s).*?\"data_offsets\":\\s*\\[(\\d+).*", "$1"));
    int at = 8 + header + begin;
    file.putFloat(at, file.getFloat(at) + 1);
    Path damaged = Files.write(folder.resolve("damaged.safetensors"), bytes);

    assertThat(verify(golden, damaged)).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().lines().filter(line -> line.matches(".* OFF( .*)?")))
        .singleElement()
        .asString()
        .startsWith("eval.logits");
  }

  @Test
  void whatCannotBeReadIsExitCodeTwoAndOneLine() throws Exception {
    byte[] bytes = Files.readAllBytes(golden);
    Path cut = Files.write(folder.resolve("cut.st"), java.util.Arrays.copyOf(bytes, 100_000));
    Path text = Files.writeString(folder.resolve("text.st"), "hello, this is no golden file");
    for (Object file : new Object[] {cut, text, folder, folder.resolve("none"), "a\nb"}) {
      err.getBuffer().setLength(0);
      assertThat(verify(file)).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(err.toString().lines()).hasSize(1);
      assertThat(err.toString()).startsWith("oche verify: ");
    }
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void withoutAFileOrWithoutThreadsThereIsNothingToDo() {
    assertThat(verify()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("FILE");
    assertThat(verify(golden, "--threads=0")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("--threads is 0");
    assertThat(out.toString()).isEmpty();
  }
}
