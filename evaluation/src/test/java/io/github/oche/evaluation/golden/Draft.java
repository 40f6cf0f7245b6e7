package io.github.oche.evaluation.golden;

import io.github.oche.engine.Parameter;
import io.github.oche.engine.ParameterTable;
import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.SafeTensorsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The contents of a golden file, to be changed and written. */
final class Draft {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Tensor(List<Integer> shape, float[] floats, long[] longs) {}

  private final Map<String, Tensor> tensors = new TreeMap<>();
  private final Map<String, String> metadata = new TreeMap<>();

  /** A copy of a file. */
  static Draft of(Path path) {
    Draft draft = new Draft();
    try (SafeTensors file = SafeTensors.open(path)) {
      draft.metadata.putAll(file.metadata());
      for (Map.Entry<String, SafeTensors.TensorInfo> e : file.tensors().entrySet()) {
        boolean whole = e.getValue().type() == SafeTensors.DataType.I64;
        draft.tensors.put(
            e.getKey(),
            new Tensor(
                e.getValue().shape(),
                whole ? new float[0] : file.floats(e.getKey()),
                whole ? file.longs(e.getKey()) : new long[0]));
      }
      return draft;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Draft meta(String key, Object value) {
    metadata.put(key, value.toString());
    return this;
  }

  Draft withoutMeta(String key) {
    metadata.remove(key);
    return this;
  }

  Draft put(String name, float[] values, Integer... shape) {
    tensors.put(name, new Tensor(List.of(shape), values.clone(), new long[0]));
    return this;
  }

  Draft put(String name, int[] values, Integer... shape) {
    long[] longs = Arrays.stream(values).asLongStream().toArray();
    tensors.put(name, new Tensor(List.of(shape), new float[0], longs));
    return this;
  }

  /** All tensors of a table, under their names after a prefix. */
  Draft put(String prefix, ParameterTable table, float[] values) {
    for (Parameter p : table.all()) {
      put(
          prefix + p.name(),
          Arrays.copyOfRange(values, p.offset(), p.end()),
          p.shape().asList().toArray(new Integer[0]));
    }
    return this;
  }

  Draft remove(String name) {
    tensors.remove(name);
    return this;
  }

  /** Gives a tensor another shape of as many values. */
  Draft reshape(String name, Integer... shape) {
    Tensor t = tensor(name);
    tensors.put(name, new Tensor(List.of(shape), t.floats, t.longs));
    return this;
  }

  /** Puts a number in place of a tensor's first. */
  Draft set(String name, float value) {
    tensor(name).floats[0] = value;
    return this;
  }

  Draft set(String name, long value) {
    tensor(name).longs[0] = value;
    return this;
  }

  /** Moves a tensor's first number by a share of the norm of all: its error, then. */
  Draft damage(String name, double share) {
    float[] values = tensor(name).floats;
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    values[0] += (float) (share * (squares == 0 ? 1 : Math.sqrt(squares)));
    return this;
  }

  /** Puts one number in place of all of a tensor's, if there is one. */
  Draft fill(String name, float value) {
    Tensor t = tensors.get(name);
    if (t != null) {
      Arrays.fill(t.floats, value);
    }
    return this;
  }

  float[] floats(String name) {
    return tensor(name).floats.clone();
  }

  private Tensor tensor(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  Path write(Path path) {
    SafeTensorsWriter writer = SafeTensors.writer();
    metadata.forEach(writer::metadata);
    tensors.forEach(
        (name, t) -> {
          if (t.longs.length > 0) {
            writer.put(name, t.shape, t.longs);
          } else {
            writer.put(name, t.shape, t.floats);
          }
        });
    try {
      writer.write(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }
}
