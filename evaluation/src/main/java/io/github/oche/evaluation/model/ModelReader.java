package io.github.oche.evaluation.model;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import com.google.common.primitives.Longs;
import io.github.oche.engine.FormatException;
import io.github.oche.engine.Graph;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.ParameterTable;
import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.SafeTensors.DataType;
import io.github.oche.engine.SafeTensors.TensorInfo;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.Genotype;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a model: all names and shapes are compared with the network's before a value is read. */
final class ModelReader {
  private final SafeTensors file;

  private ModelReader(SafeTensors file) {
    this.file = file;
  }

  static Model read(Path path, Optional<Genotype> given) throws IOException {
    try (SafeTensors file = SafeTensors.open(path)) {
      return new ModelReader(file).read(given);
    } catch (FormatException e) {
      throw e;
    } catch (IllegalArgumentException e) { // a genotype or a size that there is not
      throw new FormatException(path + ": " + e.getMessage());
    } catch (ArithmeticException e) {
      throw new FormatException(path + ": a size in the metadata is too large");
    }
  }

  private Model read(Optional<Genotype> given) throws IOException {
    ModelMetadata metadata = new ModelMetadata(file);
    Genotype genotype = given.isPresent() ? given.get() : metadata.genotype();
    DartsMacro macro = metadata.macro();
    Graph graph = Model.graph(genotype, macro);
    Set<String> expected = new HashSet<>();
    compare(graph.parameters(), expected);
    compare(graph.statistics(), expected);
    graph.statistics().all().forEach(p -> StateNames.counter(p).ifPresent(expected::add));
    for (String name : file.tensors().keySet()) {
      if (!expected.contains(name)) {
        throw fault(
            "tensor \""
                + name
                + "\" of shape "
                + file.tensor(name).shape()
                + " is none of the network that the file describes");
      }
    }
    return new Model(
        genotype,
        macro,
        metadata.normalisation(),
        graph,
        values(graph.parameters()),
        values(graph.statistics()),
        steps(graph.statistics()));
  }

  private void compare(ParameterTable table, Set<String> expected) {
    for (Parameter p : table.all()) {
      List<Integer> shape = p.shape().asList();
      TensorInfo tensor = file.tensors().get(p.name());
      if (tensor == null) {
        throw fault("there is no tensor \"" + p.name() + "\", expected one of shape " + shape);
      }
      if (!tensor.shape().equals(shape)) {
        throw fault(
            "tensor \"" + p.name() + "\" has shape " + tensor.shape() + ", expected " + shape);
      }
      expected.add(p.name());
    }
  }

  private float[] values(ParameterTable table) throws IOException {
    float[] values = new float[table.size()];
    for (Parameter p : table.all()) {
      float[] part = floats(p.name());
      for (int i = 0; i < part.length; i++) {
        boolean possible = !StateNames.isVariance(p) || part[i] >= 0;
        if (!Float.isFinite(part[i]) || !possible) {
          throw fault(
              "value "
                  + i
                  + " of tensor \""
                  + p.name()
                  + "\" is "
                  + part[i]
                  + (possible ? ", expected a finite number" : ", expected 0 or more"));
        }
      }
      System.arraycopy(part, 0, values, p.offset(), part.length);
    }
    return values;
  }

  /** The values as floats; those in double precision are rounded. */
  private float[] floats(String name) throws IOException {
    if (file.tensor(name).type() != DataType.F64) {
      return file.floats(name);
    }
    double[] exact = file.doubles(name);
    float[] rounded = new float[exact.length];
    for (int i = 0; i < exact.length; i++) {
      rounded[i] = (float) exact[i];
    }
    return rounded;
  }

  /** What the first counter says; 0 if there is none, as before PyTorch 0.4.1. */
  private long steps(ParameterTable statistics) throws IOException {
    long steps = 0;
    for (Parameter p : statistics.all().reverse()) {
      Optional<String> counter = StateNames.counter(p).filter(file.tensors()::containsKey);
      if (counter.isPresent()) {
        steps = count(counter.get());
      }
    }
    return steps;
  }

  /** A number of steps, which may have become a float with all other tensors of a network. */
  private long count(String name) throws IOException {
    DataType type = file.tensor(name).type();
    boolean real = type == DataType.F16 || type == DataType.F32 || type == DataType.F64;
    double[] values =
        real
            ? Doubles.toArray(Floats.asList(floats(name)))
            : Doubles.toArray(Longs.asList(file.longs(name)));
    if (values.length != 1 || !(values[0] >= 0 && values[0] < Long.MAX_VALUE)) {
      throw fault("tensor \"" + name + "\" is not a number of steps");
    }
    return (long) values[0];
  }

  private FormatException fault(String message) {
    return new FormatException(file.path() + ": " + message);
  }
}
