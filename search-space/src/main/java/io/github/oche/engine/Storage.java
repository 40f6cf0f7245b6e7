package io.github.oche.engine;

import io.github.oche.engine.kernel.Plane;
import java.util.Arrays;

/**
 * Where a batch of activations lies: {@code [image][channel block][row][column][lane]}, with {@code
 * pad} pixels of zeros around each plane. It may be some of the channel blocks of a larger one.
 */
final class Storage {
  final Buffer buffer;
  final int lanes;
  final int channels;
  final int height;
  final int width;
  final int pad;
  final int blocks;
  final int row;
  final int plane;
  private final int image;
  private final int first;
  private final int batch;
  private int touched = -1;

  private Storage(Buffer buffer, int batch, int lanes, Shape shape, int pad, int image, int first) {
    this.buffer = buffer;
    this.batch = batch;
    this.lanes = lanes;
    this.channels = shape.channels();
    this.height = shape.height();
    this.width = shape.width();
    this.pad = pad;
    this.blocks = blocks(channels, lanes);
    this.row = (width + 2 * pad) * lanes;
    this.plane = (height + 2 * pad) * row;
    this.image = image == 0 ? blocks * plane : image;
    this.first = first;
  }

  static Storage of(Memory memory, int batch, Shape shape, int pad, int lanes) {
    long image =
        (long) blocks(shape.channels(), lanes)
            * (shape.height() + 2 * pad)
            * (shape.width() + 2 * pad)
            * lanes;
    return new Storage(memory.buffer(batch * image), batch, lanes, shape, pad, 0, 0);
  }

  static int blocks(int channels, int lanes) {
    return (channels + lanes - 1) / lanes;
  }

  /** The channel blocks from {@code block} on, as a storage of its own. */
  Storage slice(int block, int channels) {
    return new Storage(
        buffer,
        batch,
        lanes,
        new Shape(channels, height, width),
        pad,
        image,
        first + block * plane);
  }

  void touch(int time) {
    buffer.touch(time, time == touched ? 0 : (long) batch * blocks * plane);
    touched = time;
  }

  /** Points at the pixels of a block, padding excluded. */
  Plane point(Plane p, int image, int block) {
    return p.set(buffer.data, start(image, block) + pad * (row + lanes), row, lanes);
  }

  private int start(int image, int block) {
    return buffer.at + first + image * this.image + block * plane;
  }

  /** Where in the buffer the first pixel of a channel lies. */
  int at(int image, int channel) {
    return start(image, channel / lanes) + pad * (row + lanes) + channel % lanes;
  }

  /** The value of an image's first pixel. */
  float get(int image, int channel) {
    return buffer.data[at(image, channel)];
  }

  /** Writes the padding of an image's planes. */
  void clearBorder(int image) {
    for (int b = 0; b < blocks; b++) {
      Padding.clear(buffer.data, start(image, b), height, width, pad, pad, pad, pad, lanes);
    }
  }

  /** Fills an image's planes with zeros. */
  void clear(int image) {
    int from = start(image, 0);
    Arrays.fill(buffer.data, from, from + blocks * plane, 0);
  }
}
