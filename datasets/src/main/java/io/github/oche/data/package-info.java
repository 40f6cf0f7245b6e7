/**
 * Image-classification data: reading, splitting, augmenting, and making batches.
 *
 * <p>This package knows no networks: it turns files into {@code float[]} batches that anything can
 * train on. Pixels stay bytes in memory until a batch is made.
 *
 * <pre>{@code
 * Dataset data = Dataset.read(Path.of("cifar-10-binary.tar.gz"), Format.AUTO).withTest();
 * Split split = Split.shuffled(data.train(), 0.5, seed);             // half for w, half for alpha
 * Batches batches =
 *     new Batches(split.training(), 64, Order.SHUFFLED, Augmentation.SEARCH, data.normalisation(), seed);
 * try (BatchStream stream = batches.from(0)) {
 *   for (int step = 0; step < epochs * batches.perEpoch(); step++) {
 *     Batch batch = stream.next();                                   // the next one is being made meanwhile
 *     network.load(batch.images(), batch.labels(), batch.count());   // [image][channel][row][column]
 *   }
 * }
 * }</pre>
 *
 * <p>What to choose:
 *
 * <ul>
 *   <li>data on disk: {@link io.github.oche.data.Dataset#read}; CIFAR-10 and CIFAR-100 binary, IDX,
 *       or a folder of images with one sub-folder a class ({@link io.github.oche.data.Format})
 *   <li>nothing on disk: {@link io.github.oche.data.Dataset#embedded}, a sample of Fashion-MNIST
 *   <li>data in Deeplearning4j: {@link io.github.oche.data.IteratorData}
 *   <li>the search split: {@link io.github.oche.data.Split#shuffled}, or {@link
 *       io.github.oche.data.Split#inOrder} to do exactly as the released code of DARTS
 *   <li>validation batches of a search: {@link io.github.oche.data.Order#FRESH} as that code draws
 *       them, or {@link io.github.oche.data.Order#SHUFFLED} to see each image once an epoch
 * </ul>
 *
 * <p>Everything random is a function of a seed, an epoch and a position, so the same seed gives the
 * same bits, whatever threads do and wherever a run was stopped and taken up again.
 *
 * <p>What is wrong with data is told by a {@link io.github.oche.data.DataException} of one line.
 */
@NullMarked
package io.github.oche.data;

import org.jspecify.annotations.NullMarked;
