package io.github.oche.data;

import static io.github.oche.data.Fixtures.assertRefused;
import static io.github.oche.data.Fixtures.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormatTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Format.class)
  void parseReadsWhatToStringPrints(Format format) {
    assertThat(Format.parse(format.toString())).isEqualTo(format);
  }

  @Test
  void unknownNamesAreRefusedWithTheKnownOnes() {
    assertRefused(() -> Format.parse("png"), "\"png\"", "auto, cifar10, cifar100, idx, folder");
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void whatIsMissingOrEmptyIsRefused(Format format) throws IOException {
    assertRefused(() -> Dataset.read(folder.resolve("none"), format), "none", "no such file");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(() -> Dataset.read(empty, format), "empty folder");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("none"));
    assertRefused(() -> Dataset.read(link, format), "link", "no such file");
    Path file = write(folder.resolve("file"), new byte[0]);
    assertRefused(() -> Dataset.read(file, format), "file");
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void devicesAreRefusedAndNotReadForEver(Format format) {
    Path zero = Path.of("/dev/zero");
    assumeThat(Files.exists(zero)).isTrue();
    assertRefused(() -> Dataset.read(zero, format), "/dev/zero");
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void otherFilesAreRefused(Format format) throws IOException {
    write(folder.resolve("readme.md"), "# hello\n".getBytes(StandardCharsets.UTF_8));
    assertRefused(() -> Dataset.read(folder, format), folder.toString());
    assertRefused(() -> Dataset.read(folder.resolve("readme.md"), format), "readme.md");
  }

  @Test
  void aNameWithANewlineStaysOneLine() {
    assertRefused(() -> Dataset.read(folder.resolve("a\nb"), Format.AUTO), "a?b");
  }

  @Test
  void linksToFilesAreFollowed() throws IOException {
    Path file = write(folder.resolve("a.bin"), Fixtures.cifar(CifarKind.TEN, 3, 1));
    Path link = Files.createSymbolicLink(folder.resolve("b.bin"), file);
    assertThat(Dataset.read(link, Format.AUTO).train().count()).isEqualTo(3);
  }
}
