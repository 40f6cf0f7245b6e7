package io.github.oche.darts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.oche.engine.FormatException;
import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.SafeTensors.DataType;
import io.github.oche.engine.SafeTensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Texts and arrays of floats and of doubles in a safetensors file, with a checksum over all of
 * them: a file whose header fits may be damaged all the same.
 */
public final class CheckedTensors {
  private static final String KIND = "kind";
  private static final String CHECKSUM = "crc32c";
  private static final int CHUNK = 1 << 16;

  private final ImmutableSortedMap<String, String> texts;
  private final ImmutableSortedMap<String, float[]> floats;
  private final ImmutableSortedMap<String, double[]> doubles;

  /** What a file is to hold, or held; arrays are not copied. */
  public CheckedTensors(
      Map<String, String> texts, Map<String, float[]> floats, Map<String, double[]> doubles) {
    this.texts = ImmutableSortedMap.copyOf(texts);
    this.floats = ImmutableSortedMap.copyOf(floats);
    this.doubles = ImmutableSortedMap.copyOf(doubles);
  }

  /** The texts. */
  public ImmutableSortedMap<String, String> texts() {
    return texts;
  }

  /** Whether there are doubles of this name. */
  public boolean hasDoubles(String name) {
    return doubles.containsKey(name);
  }

  /**
   * Floats that are to be there.
   *
   * @throws FormatException if they are not
   */
  public float[] floats(String name) {
    return there(name, floats.get(name));
  }

  /**
   * Doubles that are to be there.
   *
   * @throws FormatException if they are not
   */
  public double[] doubles(String name) {
    return there(name, doubles.get(name));
  }

  /**
   * So many doubles that are to be there.
   *
   * @throws FormatException if they are not
   */
  public double[] doubles(String name, int count) {
    double[] values = doubles(name);
    if (values.length != count) {
      throw new FormatException(
          "\"" + name + "\" has " + values.length + " values, expected " + count);
    }
    return values;
  }

  private static <T> T there(String name, @Nullable T values) {
    if (values == null) {
      throw new FormatException("there is no \"" + name + "\"");
    }
    return values;
  }

  /**
   * Writes a file, in place of one of that name, which is there as a whole at any moment.
   *
   * @param kind what it is, "checkpoint of a training" for example
   * @throws IOException if writing fails; the file is then as it was
   */
  public void write(Path path, String kind) throws IOException {
    SafeTensorsWriter writer =
        SafeTensors.writer().metadata(KIND, kind).metadata(CHECKSUM, checksum());
    texts.forEach(writer::metadata);
    floats.forEach((name, v) -> writer.put(name, ImmutableList.of(v.length), v));
    doubles.forEach((name, v) -> writer.put(name, ImmutableList.of(v.length), v));
    writer.write(path);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param kind what it is to be
   * @param reader makes something of it
   * @param remedy what the same command does once the file is deleted
   * @throws FormatException naming file and remedy, if it is something else, or damaged
   * @throws IOException if reading fails
   */
  public static <T> T read(
      Path path, String kind, Function<CheckedTensors, T> reader, String remedy)
      throws IOException {
    try {
      return reader.apply(read(path, kind));
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      String named = message.startsWith(path.toString()) ? message : path + ": " + message;
      throw new FormatException(named + "; delete it, and the same command " + remedy);
    }
  }

  private static CheckedTensors read(Path path, String kind) throws IOException {
    try (SafeTensors file = SafeTensors.open(path)) {
      if (!kind.equals(file.metadata().get(KIND))) {
        throw new FormatException(path + " is no " + kind);
      }
      ImmutableSortedMap.Builder<String, String> texts = ImmutableSortedMap.naturalOrder();
      file.metadata()
          .forEach(
              (key, text) -> {
                if (!key.equals(KIND) && !key.equals(CHECKSUM)) {
                  texts.put(key, text);
                }
              });
      ImmutableSortedMap.Builder<String, float[]> floats = ImmutableSortedMap.naturalOrder();
      ImmutableSortedMap.Builder<String, double[]> doubles = ImmutableSortedMap.naturalOrder();
      for (String name : file.tensors().keySet()) {
        if (file.tensor(name).type() == DataType.F64) {
          doubles.put(name, file.doubles(name));
        } else {
          floats.put(name, file.floats(name));
        }
      }
      CheckedTensors tensors =
          new CheckedTensors(texts.buildOrThrow(), floats.buildOrThrow(), doubles.buildOrThrow());
      if (!tensors.checksum().equals(file.metadata().get(CHECKSUM))) {
        throw new FormatException(path + " is damaged: its checksum is another");
      }
      return tensors;
    }
  }

  private String checksum() {
    CRC32C sum = new CRC32C();
    texts.forEach((key, text) -> sum.update((key + '=' + text + '\n').getBytes(UTF_8)));
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    for (float[] values : floats.values()) {
      FloatBuffer from = FloatBuffer.wrap(values);
      while (from.hasRemaining()) {
        int count = Math.min(from.remaining(), CHUNK / Float.BYTES);
        chunk.clear().asFloatBuffer().put(from.slice(from.position(), count));
        from.position(from.position() + count);
        sum.update(chunk.limit(count * Float.BYTES));
      }
    }
    for (double[] values : doubles.values()) {
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
      bytes.asDoubleBuffer().put(values);
      sum.update(bytes);
    }
    return Long.toHexString(sum.getValue());
  }
}
