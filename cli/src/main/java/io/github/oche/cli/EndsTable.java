package io.github.oche.cli;

import static io.github.oche.cli.ResultRows.number;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.SolverState;
import io.github.oche.bilevel.linear.Outcome;
import java.io.PrintWriter;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Where methods end: a row for each, of the first and the last entry of both variables. */
final class EndsTable {
  private static final int DECIMALS = 6;

  private EndsTable() {}

  /** Runs each and prints its row. A method that fails stays where it was and says why. */
  static void print(PrintWriter out, boolean csv, List<Contender> contenders) {
    ResultRows rows =
        new ResultRows(
            out,
            csv,
            ImmutableList.of(
                "solver                             ",
                " steps",
                "         x",
                "   y first",
                "    y last",
                "         F",
                "outcome"));
    for (Contender contender : contenders) {
      rows.print(row(contender));
    }
  }

  private static ImmutableList<String> row(Contender contender) {
    Solver solver = contender.solver().get();
    SolverState state = solver.start(array(contender.x()), array(contender.y()));
    Outcome outcome = Outcome.DONE;
    double residual = Double.NaN; // of the last step
    while (outcome.isUsable() && state.steps() < contender.steps()) {
      Estimate estimate = solver.step(contender.problem(), state);
      outcome = outcome.and(estimate.outcome());
      residual = estimate.residual();
    }
    INDArray y = state.y();
    return ImmutableList.of(
        contender.name(),
        String.valueOf(state.steps()),
        number(state.x().getDouble(0), DECIMALS),
        number(y.getDouble(0), DECIMALS),
        number(y.getDouble(y.length() - 1), DECIMALS),
        number(contender.problem().upper().value(state.x(), y), DECIMALS),
        Outcomes.words(outcome, residual));
  }

  private static INDArray array(ImmutableDoubleArray values) {
    return Nd4j.createFromArray(values.toArray());
  }
}
