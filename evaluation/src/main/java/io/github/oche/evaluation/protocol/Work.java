package io.github.oche.evaluation.protocol;

import io.github.oche.darts.SearchHypergradient;
import io.github.oche.darts.SearchSettings;
import io.github.oche.darts.Searcher;
import io.github.oche.data.Dataset;
import io.github.oche.engine.Shape;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.space.Cost;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Genotypes;
import io.github.oche.space.Supernet;

/**
 * About how much searches and trainings are, in multiply-adds of training passes; for estimates of
 * the time left only.
 */
final class Work {
  private static final String TYPICAL = "DARTS_V2";

  /** Passes a step: the weights and α; second order has four passes for α. */
  private static final double FIRST_ORDER_PASSES = 2;

  private static final double SECOND_ORDER_PASSES = 5;

  private Work() {}

  static double search(SearchSettings settings, Dataset data) {
    Supernet supernet = Supernet.of(new Searcher(settings).space(data));
    double passes =
        settings.hypergradient().equals(SearchHypergradient.FIRST)
            ? FIRST_ORDER_PASSES
            : SECOND_ORDER_PASSES;
    double images = images(settings.trainImages(), data) * settings.portion();
    return passes * settings.epochs() * images * Cost.of(supernet.graph()).multiplyAdds();
  }

  /** Of a training, whatever the genotype: of most it is not known beforehand. */
  static double training(RetrainingSettings settings, Dataset data) {
    Shape shape = new Shape(data.train().channels(), data.train().height(), data.train().width());
    DartsMacro macro =
        DartsMacro.of(shape, settings.channels(), settings.cells(), data.train().classes());
    Cost cost = Cost.of(DerivedNetwork.of(Genotypes.named(TYPICAL), macro, false).graph());
    return settings.epochs() * images(settings.trainImages(), data) * cost.multiplyAdds();
  }

  private static double images(int limit, Dataset data) {
    return limit == 0 ? data.train().count() : limit;
  }
}
