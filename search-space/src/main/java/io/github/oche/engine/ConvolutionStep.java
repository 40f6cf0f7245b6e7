package io.github.oche.engine;

/** What the three kinds of convolution have in common: the input, and what is touched when. */
abstract class ConvolutionStep extends Step {
  final Source source;
  final Storage y;

  ConvolutionStep(Source source, Tensor out) {
    super(out);
    this.source = source;
    this.y = out.stored();
  }

  @Override
  final boolean givesGradient(Run run) {
    return run.needs(source.x);
  }

  @Override
  final void scheduleForward(int time) {
    source.scheduleForward(time);
    out.touchValue(time);
  }

  @Override
  final void scheduleAlong(int time) {
    source.scheduleAlong(time);
    out.touchValue(time);
    out.touchAlong(time);
  }

  @Override
  final void scheduleBackward(int time, boolean along) {
    source.scheduleBackward(time, along);
    out.touchGradient(time);
  }

  @Override
  final int sums(int batch, boolean along) {
    return Math.max(batch * Norm.sumsPerImage(y), source.sums(batch, along));
  }

  @Override
  final void finishBackward(Run run) {
    source.finish(run, sumsAt(), false);
  }

  @Override
  final void finishBackwardAlong(Run run) {
    source.finish(run, sumsAt(), true);
  }
}
