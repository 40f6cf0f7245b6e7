package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;

/**
 * A {@code .safetensors} file: named tensors, and a map of strings.
 *
 * <p>The form: eight bytes, the length of the header, little-endian; the header, JSON, {@code name
 * -> {dtype, shape, data_offsets}} and {@code __metadata__}; then the values, little-endian, row by
 * row. A file is foreign input: the header is read whole and checked (its limit here is 16 MB), the
 * tensors must fill the rest without gap or overlap, and nothing is allocated from a number that
 * was not checked. Values are read when they are asked for, by plain reads (a mapped file that
 * another process cuts short would stop the JVM).
 *
 * <pre>{@code
 * try (SafeTensors file = SafeTensors.open(path)) {
 *   float[] alphas = file.floats("alphas_normal");
 *   ImmutableList<Integer> shape = file.tensor("alphas_normal").shape();   // [14, 8]
 * }
 * SafeTensors.writer().put("alphas_normal", shape, alphas).metadata("kind", "alphas").write(path);
 * }</pre>
 *
 * <p>One object may be used by several threads.
 *
 * @see <a href="https://github.com/huggingface/safetensors">the format</a>
 */
public final class SafeTensors implements Closeable {
  /** Longest header that is read, in bytes. */
  public static final int LONGEST_HEADER = 16 << 20;

  /** Types of the format, with the bytes of one value. */
  public enum DataType {
    BOOL(1),
    U8(1),
    I8(1),
    F8_E5M2(1),
    F8_E4M3(1),
    I16(2),
    U16(2),
    F16(2),
    BF16(2),
    I32(4),
    U32(4),
    F32(4),
    F64(8),
    I64(8),
    U64(8);

    private final int bytes;

    DataType(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of one value. */
    public int bytes() {
      return bytes;
    }
  }

  /**
   * A tensor's entry in the header.
   *
   * @param shape lengths of the axes, outermost first; empty for a scalar
   * @param begin first byte of the values, counted from the end of the header
   * @param end byte after the last
   */
  public record TensorInfo(DataType type, ImmutableList<Integer> shape, long begin, long end) {
    /** Number of values. */
    public long size() {
      return (end - begin) / type.bytes();
    }
  }

  private final Path path;
  private final FileChannel channel;
  private final long dataStart;
  private final ImmutableMap<String, String> metadata;
  private final ImmutableSortedMap<String, TensorInfo> tensors;

  private SafeTensors(Path path, FileChannel channel, long dataStart, SafeTensorsHeader header) {
    this.path = path;
    this.channel = channel;
    this.dataStart = dataStart;
    this.metadata = header.metadata();
    this.tensors = header.tensors();
  }

  /**
   * Opens a file and checks its whole header; time and memory grow with the header, not with the
   * file.
   *
   * @throws FormatException if there is no such regular file, or it is not of the form
   * @throws IOException if reading fails
   */
  @SuppressWarnings("resource") // the channel lives as long as the object
  public static SafeTensors open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) { // a pipe would block, a device never end
      throw new FormatException(
          path + (Files.exists(path) ? " is not a regular file" : ": there is no such file"));
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      long size = channel.size();
      if (size < 10) {
        throw new FormatException(path + " has " + size + " bytes, too few for a safetensors file");
      }
      long length = read(path, channel, 0, 8).getLong();
      if (length < 2 || length > size - 8) {
        throw new FormatException(
            String.format(
                "%s: not a safetensors file: its header would have %s bytes, expected 2 to the %d that follow",
                path, Long.toUnsignedString(length), size - 8));
      }
      if (length > LONGEST_HEADER) {
        throw new FormatException(
            path
                + ": a header of "
                + length
                + " bytes, more than the "
                + LONGEST_HEADER
                + " that are read");
      }
      byte[] header = read(path, channel, 8, (int) length).array();
      return new SafeTensors(
          path,
          channel,
          8 + length,
          SafeTensorsHeader.parse(path.toString(), header, size - 8 - length));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Returns a writer of a new file. */
  public static SafeTensorsWriter writer() {
    return new SafeTensorsWriter();
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** The strings of {@code __metadata__}, in the file's order; empty if there are none. */
  public ImmutableMap<String, String> metadata() {
    return metadata;
  }

  /** The tensors by name. */
  public ImmutableSortedMap<String, TensorInfo> tensors() {
    return tensors;
  }

  /**
   * Returns one entry.
   *
   * @throws FormatException if there is no tensor of this name
   */
  public TensorInfo tensor(String name) {
    TensorInfo tensor = tensors.get(name);
    if (tensor == null) {
      throw new FormatException(path + ": there is no tensor " + SafeTensorsHeader.quote(name));
    }
    return tensor;
  }

  /**
   * Returns the values of an F32 tensor, or of an F16 or BF16 one, whose values are all floats.
   *
   * @return a new array, row by row
   * @throws FormatException if there is no such tensor, or its type is another
   * @throws IOException if reading fails
   */
  public float[] floats(String name) throws IOException {
    TensorInfo tensor = tensor(name);
    ByteBuffer in = read(name, tensor, DataType.F32, DataType.F16, DataType.BF16);
    float[] out = new float[(int) tensor.size()];
    switch (tensor.type()) {
      case F32 -> in.asFloatBuffer().get(out);
      case F16 -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = float16(in.getShort());
        }
      }
      default -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = Float.intBitsToFloat(in.getShort() << 16);
        }
      }
    }
    return out;
  }

  /**
   * Returns the values of an F64 or F32 tensor.
   *
   * @return a new array, row by row
   * @throws FormatException if there is no such tensor, or its type is another
   * @throws IOException if reading fails
   */
  public double[] doubles(String name) throws IOException {
    TensorInfo tensor = tensor(name);
    ByteBuffer in = read(name, tensor, DataType.F64, DataType.F32);
    double[] out = new double[(int) tensor.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = tensor.type() == DataType.F64 ? in.getDouble() : in.getFloat();
    }
    return out;
  }

  /**
   * Returns the values of an I64, I32 or U8 tensor.
   *
   * @return a new array, row by row
   * @throws FormatException if there is no such tensor, or its type is another
   * @throws IOException if reading fails
   */
  public long[] longs(String name) throws IOException {
    TensorInfo tensor = tensor(name);
    ByteBuffer in = read(name, tensor, DataType.I64, DataType.I32, DataType.U8);
    long[] out = new long[(int) tensor.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] =
          switch (tensor.type()) {
            case I64 -> in.getLong();
            case I32 -> in.getInt();
            default -> Byte.toUnsignedInt(in.get());
          };
    }
    return out;
  }

  /**
   * Returns the values of an I64, I32 or U8 tensor.
   *
   * @return a new array, row by row
   * @throws FormatException if there is no such tensor, its type is another, or a value does not
   *     fit
   * @throws IOException if reading fails
   */
  public int[] ints(String name) throws IOException {
    long[] values = longs(name);
    int[] out = new int[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) values[i];
      if (out[i] != values[i]) {
        throw new FormatException(
            path
                + ": value "
                + i
                + " of tensor "
                + SafeTensorsHeader.quote(name)
                + " is "
                + values[i]
                + ", beyond 32 bits");
      }
    }
    return out;
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  private ByteBuffer read(String name, TensorInfo tensor, DataType... allowed) throws IOException {
    if (!ImmutableList.copyOf(allowed).contains(tensor.type())) {
      throw new FormatException(
          String.format(
              "%s: tensor %s is of type %s, expected %s",
              path,
              SafeTensorsHeader.quote(name),
              tensor.type(),
              ImmutableList.copyOf(allowed).stream()
                  .map(DataType::name)
                  .collect(Collectors.joining(" or "))));
    }
    long bytes = tensor.end() - tensor.begin();
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new FormatException(
          path
              + ": tensor "
              + SafeTensorsHeader.quote(name)
              + " has "
              + bytes
              + " bytes, more than an array can hold");
    }
    return read(path, channel, dataStart + tensor.begin(), (int) bytes);
  }

  private static ByteBuffer read(Path path, FileChannel channel, long position, int bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException(path + " became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  /** Widens an IEEE half, exactly (the JDK does it from Java 20 on). */
  static float float16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float tiny = fraction * 0x1p-24f;
      return sign == 0 ? tiny : -tiny;
    }
    int widened = exponent == 0x1f ? 0xff : exponent + (127 - 15);
    return Float.intBitsToFloat(sign | (widened << 23) | (fraction << 13));
  }
}
