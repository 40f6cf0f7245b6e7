/**
 * Trained networks that leave Oche and come back: as {@code .safetensors} under the names of the
 * published PyTorch code (both ways), as a Deeplearning4j graph and as ONNX (written only).
 *
 * <pre>{@code
 * Model model = Model.read(Path.of("runs/1/model.safetensors"));
 * Score score = Scoring.score(model, Dataset.embedded(), 64, 2, LogitsListener.NONE);
 * ModelFormat.ONNX.write(model, Path.of("model.onnx"));
 * ModelFormat.DL4J.write(model, Path.of("model.zip"));
 * ComputationGraph graph = Deeplearning4j.graph(model);      // or without a file
 * INDArray logits = graph.outputSingle(images);              // [images, classes]
 * }</pre>
 *
 * <p>All of them read normalised images, {@code (byte / 255 - mean) / deviation}, [images,
 * channels, rows, columns], and give logits, [images, classes]. What is exported is the network as
 * it is evaluated: batch norms with their running statistics, no dropped paths and no auxiliary
 * head. A {@code .safetensors} file keeps the auxiliary head's weights too.
 *
 * <p>To bring weights from PyTorch, the genotype has to come with them; the rest follows from the
 * shapes, but for images of other sides than 32:
 *
 * <pre>{@code
 * safetensors.torch.save_file(model.state_dict(), "model.safetensors",
 *     metadata={"genotype": str(genotypes.DARTS_V2), "image_shape": "[3, 32, 32]"})
 * }</pre>
 */
@NullMarked
package io.github.oche.evaluation.model;

import org.jspecify.annotations.NullMarked;
