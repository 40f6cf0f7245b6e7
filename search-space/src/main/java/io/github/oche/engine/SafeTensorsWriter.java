package io.github.oche.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.engine.SafeTensors.DataType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes a {@code .safetensors} file.
 *
 * <p>Tensors stand in the order of the reference implementation, wide types first and then by name,
 * so that each is aligned; the header is padded with spaces to a multiple of eight bytes. Equal
 * contents give equal bytes. Arrays are read when the file is written, not copied before.
 */
public final class SafeTensorsWriter {
  private static final int CHUNK = 1 << 16;

  private record Entry(DataType type, ImmutableList<Integer> shape, int size, Values values) {}

  /** Puts values {@code [from, to)} into a buffer. */
  private interface Values {
    void put(ByteBuffer out, int from, int to);
  }

  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<String, String> metadata = new TreeMap<>();

  SafeTensorsWriter() {}

  /**
   * Adds an F32 tensor.
   *
   * @param shape lengths of the axes, whose product is the length of {@code values}
   * @throws IllegalArgumentException if it is not, or the name is taken
   */
  public SafeTensorsWriter put(String name, List<Integer> shape, float[] values) {
    return put(
        name,
        new Entry(
            DataType.F32,
            ImmutableList.copyOf(shape),
            values.length,
            (out, from, to) -> out.asFloatBuffer().put(values, from, to - from)));
  }

  /**
   * Adds a tensor for each parameter of a table, under its name.
   *
   * @param values of all of them, in the order of the table; copied
   * @throws IllegalArgumentException if a name is taken
   */
  public SafeTensorsWriter put(ParameterTable table, float[] values) {
    for (Parameter p : table.all()) {
      put(p.name(), p.shape().asList(), Arrays.copyOfRange(values, p.offset(), p.end()));
    }
    return this;
  }

  /**
   * Adds an F64 tensor.
   *
   * @param shape lengths of the axes, whose product is the length of {@code values}
   * @throws IllegalArgumentException if it is not, or the name is taken
   */
  public SafeTensorsWriter put(String name, List<Integer> shape, double[] values) {
    return put(
        name,
        new Entry(
            DataType.F64,
            ImmutableList.copyOf(shape),
            values.length,
            (out, from, to) -> out.asDoubleBuffer().put(values, from, to - from)));
  }

  /**
   * Adds an I64 tensor.
   *
   * @param shape lengths of the axes, whose product is the length of {@code values}
   * @throws IllegalArgumentException if it is not, or the name is taken
   */
  public SafeTensorsWriter put(String name, List<Integer> shape, long[] values) {
    return put(
        name,
        new Entry(
            DataType.I64,
            ImmutableList.copyOf(shape),
            values.length,
            (out, from, to) -> out.asLongBuffer().put(values, from, to - from)));
  }

  private SafeTensorsWriter put(String name, Entry entry) {
    long size = 1;
    for (int axis : entry.shape()) {
      size = Math.multiplyExact(size, (long) axis);
    }
    Preconditions.checkArgument(
        size == entry.size(),
        "tensor %s of shape %s has %s values, expected %s",
        name,
        entry.shape(),
        entry.size(),
        size);
    Preconditions.checkArgument(
        !name.equals(SafeTensorsHeader.METADATA) && name.chars().allMatch(c -> c >= ' '),
        "%s cannot be the name of a tensor",
        name);
    Preconditions.checkArgument(
        entries.putIfAbsent(name, entry) == null, "there are two tensors %s", name);
    return this;
  }

  /** Sets one string of the metadata. */
  public SafeTensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * Writes the file under a temporary name beside it, forces it to the disk and renames it: who
   * looks sees the old file or the new one, whole.
   *
   * @throws IOException if writing fails; the temporary file is then removed
   */
  public void write(Path path) throws IOException {
    List<Map.Entry<String, Entry>> order = new ArrayList<>(entries.entrySet());
    order.sort(
        Comparator.comparingInt(e -> -e.getValue().type().bytes())); // stable: names stay sorted
    byte[] header = header(order);
    Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
    try {
      try (FileChannel out =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        drain(out, chunk, b -> b.putLong(header.length));
        for (int from = 0; from < header.length; from += CHUNK) {
          int start = from;
          drain(out, chunk, b -> b.put(header, start, Math.min(CHUNK, header.length - start)));
        }
        for (Map.Entry<String, Entry> entry : order) {
          values(out, chunk, entry.getValue());
        }
        out.force(true);
      }
      Files.move(
          temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void values(FileChannel out, ByteBuffer chunk, Entry entry) throws IOException {
    int step = CHUNK / entry.type().bytes();
    for (int from = 0; from < entry.size(); from += step) {
      int start = from;
      int end = Math.min(entry.size(), from + step);
      drain(
          out,
          chunk,
          b -> {
            entry.values().put(b, start, end);
            b.position((end - start) * entry.type().bytes()); // a view has a position of its own
          });
    }
  }

  private static void drain(FileChannel out, ByteBuffer chunk, Consumer<ByteBuffer> fill)
      throws IOException {
    chunk.clear();
    fill.accept(chunk);
    chunk.flip();
    while (chunk.hasRemaining()) {
      out.write(chunk);
    }
  }

  private byte[] header(List<Map.Entry<String, Entry>> order) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafeTensorsHeader.METADATA);
        for (Map.Entry<String, String> entry : ImmutableMap.copyOf(metadata).entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long at = 0;
      for (Map.Entry<String, Entry> entry : order) {
        Entry tensor = entry.getValue();
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", tensor.type().name());
        json.writeArrayFieldStart("shape");
        for (int axis : tensor.shape()) {
          json.writeNumber(axis);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data_offsets");
        json.writeNumber(at);
        at += (long) tensor.size() * tensor.type().bytes();
        json.writeNumber(at);
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    while (bytes.size() % 8 != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }
}
