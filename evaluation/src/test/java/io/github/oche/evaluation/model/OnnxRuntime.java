package io.github.oche.evaluation.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** Runs ONNX files, by code that has nothing in common with what wrote them. */
public final class OnnxRuntime {
  private OnnxRuntime() {}

  /** Logits of images, [count, channels, rows, columns]. */
  public static float[] logits(Path file, float[] images, int count, int... shape)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] sizes = {count, shape[0], shape[1], shape[2]};
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor in = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), sizes);
        OrtSession.Result result = session.run(Map.of("images", in))) {
      FloatBuffer out = ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer();
      float[] logits = new float[out.remaining()];
      out.get(logits);
      return logits;
    }
  }
}
