package io.github.oche.space;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.engine.Shape;

/**
 * All that a search chooses from: what its normal and its reduction cells may be, and the network
 * that repeats them.
 *
 * @param normal cells that keep the sides
 * @param reduction cells that halve them
 */
public record SearchSpace(CellSpace normal, CellSpace reduction, MacroNetwork macro) {
  /** Checks that both cells have the same inputs. */
  public SearchSpace {
    checkArgument(
        normal.inputs() == reduction.inputs(),
        "normal cells have %s inputs, reduction cells %s: expected equal numbers",
        normal.inputs(),
        reduction.inputs());
  }

  /** The DARTS space; the published search has 16 channels and 8 cells. */
  public static SearchSpace darts(Shape image, int channels, int cells, int classes) {
    return new SearchSpace(
        CellSpace.darts(), CellSpace.darts(), DartsMacro.of(image, channels, cells, classes));
  }
}
