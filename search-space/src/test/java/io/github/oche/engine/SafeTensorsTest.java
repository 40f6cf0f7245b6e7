package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SafeTensorsTest {
  @TempDir Path folder;

  private Path file(String header, int dataBytes) throws IOException {
    return file(header.getBytes(StandardCharsets.UTF_8), dataBytes);
  }

  private Path file(byte[] header, int dataBytes) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    return Files.write(folder.resolve("x.safetensors"), bytes.array());
  }

  private void assertRefused(Path path, String message) {
    assertThatThrownBy(() -> SafeTensors.open(path).close())
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(path.toString())
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").matches("[ -~]*"));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Path path = folder.resolve("a.safetensors");
    float[] floats = {0, -0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 1.5f};
    double[] many = new SplittableRandom(1).doubles(20_001).toArray(); // more than one chunk
    SafeTensors.writer()
        .put("f", ImmutableList.of(2, 3), floats)
        .put("d", ImmutableList.of(many.length), many)
        .put("i", ImmutableList.of(2), new long[] {Long.MIN_VALUE, 7})
        .put("empty", ImmutableList.of(0, 4), new float[0])
        .put("scalar", ImmutableList.of(), new float[] {3})
        .metadata("kind", "test \"quoted\" \u00e9\n")
        .write(path);
    try (SafeTensors file = SafeTensors.open(path)) {
      assertThat(file.metadata())
          .containsOnlyKeys("kind")
          .containsValue("test \"quoted\" \u00e9\n");
      assertThat(file.tensors().keySet()).containsExactly("d", "empty", "f", "i", "scalar");
      assertThat(file.tensor("f").shape()).containsExactly(2, 3);
      assertThat(file.floats("f")).containsExactly(floats);
      assertThat(Float.floatToRawIntBits(file.floats("f")[1]))
          .isEqualTo(Float.floatToRawIntBits(-0f));
      assertThat(file.doubles("d")).containsExactly(many);
      assertThat(file.longs("i")).containsExactly(Long.MIN_VALUE, 7);
      assertThat(file.floats("empty")).isEmpty();
      assertThat(file.floats("scalar")).containsExactly(3);
      assertThat(file.doubles("f")[5]).isEqualTo(1.5);
    }
  }

  @Test
  void equalContentsGiveEqualBytesAndAnAlignedHeader() throws IOException {
    Path a = folder.resolve("a");
    Path b = folder.resolve("b");
    float[] x = {1, 2};
    float[] y = {3};
    SafeTensors.writer()
        .put("x", ImmutableList.of(2), x)
        .put("y", ImmutableList.of(1), y)
        .metadata("k", "1")
        .metadata("l", "2")
        .write(a);
    SafeTensors.writer()
        .metadata("l", "2")
        .metadata("k", "1")
        .put("y", ImmutableList.of(1), y)
        .put("x", ImmutableList.of(2), x)
        .write(b);
    byte[] bytes = Files.readAllBytes(a);
    assertThat(bytes).isEqualTo(Files.readAllBytes(b));
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(header % 8).isZero();
    assertThat(bytes).hasSize((int) (8 + header + 12));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(a, b); // no temporary file stays
    }
  }

  @Test
  void writingReplacesAFileAndRefusesWhatDoesNotFit() throws IOException {
    Path path = Files.writeString(folder.resolve("a"), "old");
    SafeTensors.writer().write(path);
    try (SafeTensors file = SafeTensors.open(path)) {
      assertThat(file.tensors()).isEmpty();
    }
    SafeTensorsWriter writer = SafeTensors.writer().put("x", ImmutableList.of(1), new float[1]);
    assertThatThrownBy(() -> writer.put("x", ImmutableList.of(1), new float[1]))
        .hasMessage("there are two tensors x");
    assertThatThrownBy(() -> writer.put("y", ImmutableList.of(2, 2), new float[3]))
        .hasMessage("tensor y of shape [2, 2] has 3 values, expected 4");
    assertThatThrownBy(() -> writer.put("__metadata__", ImmutableList.of(1), new float[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyTypeThatFitsIsWidenedExactly() throws IOException {
    String header =
        "{\"b\": {\"dtype\": \"U8\", \"shape\": [2], \"data_offsets\": [0, 2]},"
            + "\"i\": {\"dtype\": \"I32\", \"shape\": [1], \"data_offsets\": [2, 6]},"
            + "\"h\": {\"dtype\": \"F16\", \"shape\": [1], \"data_offsets\": [6, 8]},"
            + "\"g\": {\"dtype\": \"BF16\", \"shape\": [1], \"data_offsets\": [8, 10]},"
            + "\"w\": {\"dtype\": \"I64\", \"shape\": [1], \"data_offsets\": [10, 18]}}";
    Path path = file(header, 18);
    byte[] bytes = Files.readAllBytes(path);
    ByteBuffer data =
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(bytes.length - 18);
    data.put((byte) 200)
        .put((byte) 1)
        .putInt(-5)
        .putShort((short) 0x3e00)
        .putShort((short) 0xc040)
        .putLong(1L << 40);
    Files.write(path, bytes);
    try (SafeTensors file = SafeTensors.open(path)) {
      assertThat(file.longs("b")).containsExactly(200, 1);
      assertThat(file.ints("i")).containsExactly(-5);
      assertThat(file.floats("h")).containsExactly(1.5f);
      assertThat(file.floats("g")).containsExactly(-3f);
      assertThatThrownBy(() -> file.ints("w"))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("beyond 32 bits");
      assertThatThrownBy(() -> file.floats("b"))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("tensor \"b\" is of type U8, expected F32 or F16 or BF16");
      assertThatThrownBy(() -> file.floats("c"))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("there is no tensor \"c\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0000, 0",
    "8000, -0.0",
    "0001, 0x1p-24f",
    "03ff, 6.097555160522461e-5",
    "0400, 0x1p-14f",
    "3c00, 1",
    "7bff, 65504",
    "fc00, -Infinity",
    "7e00, NaN"
  })
  void halvesWiden(String bits, String value) {
    assertThat(Float.floatToIntBits(SafeTensors.float16((short) Integer.parseInt(bits, 16))))
        .isEqualTo(Float.floatToIntBits(Float.parseFloat(value)));
  }

  private static String tensor(String name, String type, String shape, String offsets) {
    return "\""
        + name
        + "\": {\"dtype\": \""
        + type
        + "\", \"shape\": "
        + shape
        + ", \"data_offsets\": "
        + offsets
        + "}";
  }

  static ImmutableList<Arguments> hostile() {
    String a = tensor("a", "F32", "[2]", "[0, 8]");
    return ImmutableList.of(
        Arguments.of("[" + a + "]", 8, "does not begin with a brace"),
        Arguments.of("{" + a, 8, "header, character "),
        Arguments.of("{" + a + "} x", 8, "header, character "),
        Arguments.of("{" + a + "} {}", 8, "text after the header's closing brace"),
        Arguments.of("{" + a + "," + a + "}", 8, "Duplicate"),
        Arguments.of(
            "{" + a + "," + tensor("b", "F32", "[1]", "[4, 8]") + "}",
            8,
            "tensor \"b\" begins at byte 4, expected 8: it overlaps another"),
        Arguments.of(
            "{" + a + "," + tensor("b", "F32", "[1]", "[12, 16]") + "}",
            16,
            "tensor \"b\" begins at byte 12, expected 8: there is a gap before it"),
        Arguments.of(
            "{" + a + "," + tensor("b", "F32", "[0]", "[4, 4]") + "}",
            8,
            "tensor \"b\" begins at byte 4, expected 8: it overlaps another"),
        Arguments.of(
            "{" + tensor("a", "F32", "[2]", "[4, 12]") + "}", 12, "begins at byte 4, expected 0"),
        Arguments.of("{" + a + "}", 12, "4 bytes follow the last tensor, which ends at byte 8"),
        Arguments.of("{}", 12, "12 bytes follow the last tensor"),
        Arguments.of(
            "{" + a + "}", 7, "tensor \"a\" ends at byte 8 of 7: the file is cut short or damaged"),
        Arguments.of(
            "{" + tensor("a", "F32", "[2]", "[8, 0]") + "}", 8, "begins at 8 and ends at 0"),
        Arguments.of(
            "{" + tensor("a", "F32", "[2]", "[-8, 0]") + "}",
            8,
            "negative number -8 in data_offsets"),
        Arguments.of(
            "{" + tensor("a", "F32", "[-2]", "[0, 8]") + "}", 8, "negative number -2 in shape"),
        Arguments.of(
            "{" + tensor("a", "F32", "[3]", "[0, 8]") + "}",
            8,
            "has 8 bytes, but F32 [3] takes 12"),
        Arguments.of(
            "{" + tensor("a", "F32", "[2147483647, 2147483647, 2147483647]", "[0, 8]") + "}",
            8,
            "whose size overflows 64 bits"),
        Arguments.of(
            "{" + tensor("a", "F32", "[4294967296, 4294967296]", "[0, 0]") + "}",
            8,
            "an axis of length 4294967296"),
        Arguments.of("{" + tensor("a", "F32", "[1e400]", "[0, 8]") + "}", 8, "not a whole number"),
        Arguments.of("{" + tensor("a", "F32", "[2]", "[0, 8.0]") + "}", 8, "not a whole number"),
        Arguments.of(
            "{" + tensor("a", "F32", "[2]", "[0, 18446744073709551624]") + "}",
            8,
            "not a whole number of at most 18 digits"),
        Arguments.of(
            "{" + tensor("a", "F32", "[2]", "[0, 8, 9]") + "}", 8, "more than two data_offsets"),
        Arguments.of("{" + tensor("a", "F32", "[2]", "[0]") + "}", 8, "not a whole number"),
        Arguments.of(
            "{" + tensor("a", "F32", "2", "[0, 8]") + "}", 8, "a shape that is not a list"),
        Arguments.of(
            "{" + tensor("a", "F32", "[" + "1,".repeat(40) + "2]", "[0, 8]") + "}",
            8,
            "more than 32 axes"),
        Arguments.of("{" + tensor("a", "F33", "[2]", "[0, 8]") + "}", 8, "unknown type \"F33\""),
        Arguments.of(
            "{" + tensor("a\\u0000b", "F32", "[2]", "[0, 8]") + "}",
            8,
            "control character in its name"),
        Arguments.of("{\"a\": {\"dtype\": \"F32\", \"shape\": [2]}}", 8, "lacks data_offsets"),
        Arguments.of(
            "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8], \"x\": 1}}",
            8,
            "unknown field \"x\""),
        Arguments.of("{\"a\": 3}", 8, "not described by an object"),
        Arguments.of("{\"__metadata__\": {\"a\": 1}}", 0, "a value that is not a string, at \"a\""),
        Arguments.of("{\"__metadata__\": []}", 0, "is not an object"),
        Arguments.of("{\"a\":" + "[".repeat(1000), 8, "tensor \"a\" is not described by an object"),
        Arguments.of(
            "{\"a\": {\"dtype\": \"F32\", \"shape\": " + "[".repeat(1000),
            8,
            "not a whole number"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileHeadersAreRefused(String header, int dataBytes, String message) throws IOException {
    assertRefused(file(header, dataBytes), message);
  }

  @Test
  void namesMayStandInAnyOrder() throws IOException {
    String header =
        "{"
            + tensor("z", "U8", "[3]", "[4, 7]")
            + ","
            + tensor("a", "F32", "[1]", "[0, 4]")
            + ","
            + tensor("e", "F32", "[0]", "[4, 4]")
            + "}";
    try (SafeTensors file = SafeTensors.open(file(header, 7))) {
      assertThat(file.tensors().keySet()).containsExactly("a", "e", "z");
    }
  }

  @Test
  void lengthsOfTheHeaderAreCheckedBeforeAnythingIsAllocated() throws IOException {
    Path path = folder.resolve("x.safetensors");
    for (long length : new long[] {0, 1, 11, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      Files.write(
          path, ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
      assertRefused(
          path,
          "its header would have "
              + Long.toUnsignedString(length)
              + " bytes, expected 2 to the 10 that follow");
    }
    Files.write(
        path,
        ByteBuffer.allocate(17 << 20)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong((16 << 20) + 1)
            .array());
    assertRefused(path, "a header of 16777217 bytes, more than the 16777216 that are read");
    for (int size : new int[] {0, 9}) {
      Files.write(path, new byte[size]);
      assertRefused(path, "has " + size + " bytes, too few for a safetensors file");
    }
  }

  @Test
  void whatIsNoFileIsRefused() {
    assertRefused(folder.resolve("nope"), "there is no such file");
    assertRefused(folder, "is not a regular file");
  }

  @Test
  void aHeaderThatIsNotUtf8IsRefused() throws IOException {
    assertRefused(
        file(new byte[] {'{', '"', (byte) 0xff, '"', '}'}, 0), "the header is not UTF-8 text");
  }

  @Test
  void everyCutOfAFileIsRefused() throws IOException {
    Path path = folder.resolve("a");
    SafeTensors.writer()
        .put("x", ImmutableList.of(3), new float[3])
        .put("y", ImmutableList.of(1), new long[1])
        .write(path);
    byte[] whole = Files.readAllBytes(path);
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      assertRefused(cut, "");
    }
  }

  @Test
  void changedBytesGiveTensorsOrARefusal() throws IOException {
    Path path = folder.resolve("a");
    SafeTensors.writer().put("x", ImmutableList.of(3), new float[3]).metadata("k", "v").write(path);
    byte[] whole = Files.readAllBytes(path);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 500; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      changed[8 + random.nextInt(changed.length - 8)] ^= (byte) (1 << random.nextInt(8));
      Path other = Files.write(folder.resolve("changed"), changed);
      try (SafeTensors file = SafeTensors.open(other)) {
        assertThat(file.tensors()).hasSizeLessThanOrEqualTo(1);
      } catch (FormatException e) {
        assertThat(e).message().doesNotContain("\n");
      }
    }
  }

  @Test
  void aHundredThousandTensorsTakeLinearTime() throws IOException {
    StringBuilder header = new StringBuilder("{");
    int count = 100_000;
    for (int i = 0; i < count; i++) {
      header
          .append(i == 0 ? "" : ",")
          .append(tensor("t" + i, "U8", "[1]", "[" + (count - 1 - i) + "," + (count - i) + "]"));
    }
    Path path = file(header.append("}").toString(), count);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          try (SafeTensors file = SafeTensors.open(path)) {
            assertThat(file.tensors()).hasSize(count);
          }
        });
  }

  @Test
  void aFailedWriteLeavesTheOldFile() throws IOException {
    Path path = Files.createDirectory(folder.resolve("full"));
    Files.writeString(path.resolve("x"), "kept"); // a folder that is not empty cannot be replaced
    assertThatThrownBy(() -> SafeTensors.writer().write(path)).isInstanceOf(IOException.class);
    assertThat(path.resolve("x")).hasContent("kept");
    assertThat(folder.resolve("full.tmp")).doesNotExist();
  }

  @Test
  void longNamesAreCutInMessages() throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(
        ("{\"" + "\u00fc".repeat(10_000) + "\": 1}").getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> SafeTensors.open(file(header.toByteArray(), 0)).close())
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000));
  }
}
