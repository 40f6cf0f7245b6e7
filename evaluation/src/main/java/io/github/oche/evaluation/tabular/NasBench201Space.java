package io.github.oche.evaluation.tabular;

import com.google.common.collect.ImmutableList;
import io.github.oche.evaluation.trial.ArchitectureSpace;
import java.util.random.RandomGenerator;

/** The cells of NAS-Bench-201, to be drawn and mutated as the benchmark's own code does. */
public enum NasBench201Space implements ArchitectureSpace<NasBench201Cell> {
  /** The space: it has no settings. */
  INSTANCE;

  /** Draws a cell; all 15,625 are equally likely. */
  @Override
  public NasBench201Cell random(RandomGenerator random) {
    ImmutableList.Builder<CellOperation> operations =
        ImmutableList.builderWithExpectedSize(NasBench201Cell.EDGES);
    for (int edge = 0; edge < NasBench201Cell.EDGES; edge++) {
      operations.add(draw(random.nextInt(CellOperation.all().size())));
    }
    return new NasBench201Cell(operations.build());
  }

  /**
   * Gives one edge another operation, each of the other four equally likely.
   *
   * <p>As in the code that the published numbers are from, first the node is drawn and then one of
   * the edges into it. So the edge into the first node changes in a third of all cases, each of the
   * three into the last in a ninth. With all six edges equally likely evolution would do slightly
   * better.
   */
  @Override
  public NasBench201Cell mutate(NasBench201Cell cell, RandomGenerator random) {
    int node = 1 + random.nextInt(NasBench201Cell.NODES);
    int edge = node * (node - 1) / 2 + random.nextInt(node);
    int count = CellOperation.all().size();
    int shift = 1 + random.nextInt(count - 1);
    return cell.with(edge, draw((cell.operations().get(edge).index() + shift) % count));
  }

  private static CellOperation draw(int index) {
    return CellOperation.all().get(index);
  }
}
