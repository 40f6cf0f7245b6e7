package io.github.oche.bilevel.meta;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.bilevel.linear.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Meta-SGD: a learned rate for every entry of y, of either sign, {@code P(x) = diag(a)}. The rates
 * a are entries {@code at} to {@code at + m - 1} of x.
 *
 * @see "Li, Zhou, Chen and Li (2017), Meta-SGD"
 */
public final class LearnedRates implements Preconditioner {
  private final int at;
  private final Scratch product = new Scratch();

  /**
   * Creates the map.
   *
   * @param at where in x the rates start, at least 0
   */
  public LearnedRates(int at) {
    checkArgument(at >= 0, "at is %s, expected at least 0", at);
    this.at = at;
  }

  @Override
  public void apply(INDArray x, INDArray g, INDArray to) {
    to.assign(g).muli(rates(x, g));
  }

  @Override
  public void pullback(INDArray x, INDArray g, INDArray p, INDArray addToX) {
    rates(addToX, g).addi(product.like(g).assign(g).muli(p));
  }

  @Override
  public void pushforward(INDArray x, INDArray dx, INDArray g, INDArray addTo) {
    addTo.addi(product.like(g).assign(g).muli(rates(dx, g)));
  }

  private INDArray rates(INDArray x, INDArray g) {
    return Slices.of(x, at, (int) g.length());
  }
}
