package io.github.oche.evaluation.tabular;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.collect.ImmutableList;
import java.util.Collections;

/**
 * An architecture of NAS-Bench-201: a cell of four nodes, the first its input, the last its output;
 * a node is the sum of what the edges from all earlier nodes bring.
 *
 * <p>The text form is the benchmark's, and {@link #parse} and {@link #toString} are each other's
 * inverse: the edges node by node, each with its input after {@code ~},
 *
 * <pre>{@code
 * |nor_conv_3x3~0|+|nor_conv_3x3~0|none~1|+|skip_connect~0|none~1|avg_pool_3x3~2|
 * }</pre>
 *
 * @param operations of the edges 0 to 1, 0 to 2, 1 to 2, 0 to 3, 1 to 3 and 2 to 3, in this order
 */
public record NasBench201Cell(ImmutableList<CellOperation> operations) {
  /** Nodes that have edges into them: all but the input. */
  static final int NODES = 3;

  /** Edges: one between any two nodes. */
  static final int EDGES = 6;

  /** How many cells there are. */
  static final int COUNT = 15_625;

  /**
   * Checks the number of edges.
   *
   * @throws IllegalArgumentException if there are not six
   */
  public NasBench201Cell {
    checkArgument(
        operations.size() == EDGES,
        "a cell has %s operations, expected %s (one an edge)",
        operations.size(),
        EDGES);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException naming the column, if the text is anything else
   */
  public static NasBench201Cell parse(String text) {
    return new NasBench201Cell(new CellText(text).parse());
  }

  /** The cell that has the same operation on all edges. */
  public static NasBench201Cell of(CellOperation everywhere) {
    return new NasBench201Cell(ImmutableList.copyOf(Collections.nCopies(EDGES, everywhere)));
  }

  /** The same with another operation on an edge, 0 to 5 in the order of the list. */
  NasBench201Cell with(int edge, CellOperation operation) {
    checkElementIndex(edge, EDGES, "edge");
    ImmutableList.Builder<CellOperation> changed = ImmutableList.builderWithExpectedSize(EDGES);
    for (int e = 0; e < EDGES; e++) {
      changed.add(e == edge ? operation : operations.get(e));
    }
    return new NasBench201Cell(changed.build());
  }

  /** The operations as digits of one number, 0 to {@link #COUNT} - 1: a place in an array. */
  int code() {
    int code = 0;
    for (CellOperation operation : operations) {
      code = code * CellOperation.all().size() + operation.index();
    }
    return code;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int edge = 0;
    for (int node = 1; node <= NODES; node++) {
      text.append(node == 1 ? "|" : "+|");
      for (int input = 0; input < node; input++) {
        text.append(operations.get(edge)).append('~').append(input).append('|');
        edge++;
      }
    }
    return text.toString();
  }
}
