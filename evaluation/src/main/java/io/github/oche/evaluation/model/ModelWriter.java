package io.github.oche.evaluation.model;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a model under the names of PyTorch's state dictionary. */
final class ModelWriter {
  private ModelWriter() {}

  static void write(Model model, Path path) throws IOException {
    SafeTensorsWriter writer = SafeTensors.writer();
    ModelMetadata.of(model).forEach(writer::metadata);
    writer
        .put(model.graph().parameters(), model.weights())
        .put(model.graph().statistics(), model.statistics());
    long[] steps = {model.steps()};
    for (Parameter p : model.graph().statistics().all()) {
      StateNames.counter(p).ifPresent(name -> writer.put(name, ImmutableList.of(), steps));
    }
    writer.write(path);
  }
}
