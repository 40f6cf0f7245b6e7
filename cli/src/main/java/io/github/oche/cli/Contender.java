package io.github.oche.cli;

import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Solver;
import java.util.function.Supplier;

/**
 * A method on a problem with a known answer, under the name of its paper.
 *
 * @param name what the table calls it
 * @param problem what is solved
 * @param x where the upper variable starts
 * @param y where the lower variable starts
 * @param steps upper steps that it makes
 * @param solver makes it anew
 */
record Contender(
    String name,
    BilevelProblem problem,
    ImmutableDoubleArray x,
    ImmutableDoubleArray y,
    int steps,
    Supplier<Solver> solver) {}
