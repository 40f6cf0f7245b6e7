package io.github.oche.engine;

import com.google.common.collect.ImmutableList;

/** A convolution that is one matrix product: only how it lays out columns is left to say. */
abstract class MatrixStep extends ConvolutionStep {
  final MatrixStage matrix;
  private final String kind;

  /**
   * @param atOnce what it makes at once: some rows of the output
   */
  MatrixStep(
      String kind,
      Source source,
      ImmutableList<MatrixStage.Part> parts,
      int taps,
      Tensor out,
      Shape atOnce,
      boolean along,
      Scratch.Layout layout) {
    super(source, out);
    this.kind = kind;
    layout.start();
    matrix = new MatrixStage(parts, source.x.channels, atOnce, taps, along, layout);
  }

  @Override
  final String kind() {
    return kind;
  }

  @Override
  final long multiplyAdds() {
    return matrix.multiplyAdds(out.shape.pixels());
  }

  @Override
  final int partials() {
    return matrix.partial();
  }

  @Override
  final long bytes() {
    return matrix.bytes();
  }

  @Override
  final void pack(Run run) {
    matrix.pack(run.w);
  }

  @Override
  final void packAlong(Run run) {
    matrix.packAlong(run.w, run.dw);
  }

  @Override
  final int unpackPieces() {
    return matrix.outputBlocks;
  }

  @Override
  final void unpack(Run run, int piece, int at, int stride) {
    matrix.unpack(run, piece, at, stride);
  }
}
