package io.github.oche.evaluation.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads zips of Deeplearning4j in a JVM of its own that refuses Java deserialisation, and runs
 * them.
 */
public final class Dl4jReader {
  private Dl4jReader() {}

  /** Logits of images, [count, channels, rows, columns]. */
  public static float[] logits(Path zip, float[] images, int count, int... shape)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(zip.toAbsolutePath().getParent(), "dl4j");
    Path in = folder.resolve("images");
    Path out = folder.resolve("logits");
    Path log = folder.resolve("log");
    Files.write(in, bytes(images));
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Djdk.serialFilter=!*",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Dl4jReader.class.getName(),
                zip.toString(),
                in.toString(),
                out.toString(),
                Integer.toString(count),
                Integer.toString(shape[0]),
                Integer.toString(shape[1]),
                Integer.toString(shape[2]))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return floats(Files.readAllBytes(out));
  }

  /** Runs in the JVM of its own: zip, images, where to write logits, and the images' shape. */
  public static void main(String[] args) throws IOException {
    long[] shape = Arrays.stream(args).skip(3).mapToLong(Long::parseLong).toArray();
    ComputationGraph graph = ModelSerializer.restoreComputationGraph(new File(args[0]));
    INDArray images =
        Nd4j.createFromArray(floats(Files.readAllBytes(Path.of(args[1])))).reshape('c', shape);
    INDArray logits = graph.outputSingle(images);
    Files.write(Path.of(args[2]), bytes(logits.dup('c').data().asFloat()));
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static float[] floats(byte[] bytes) {
    FloatBuffer buffer = ByteBuffer.wrap(bytes).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }
}
