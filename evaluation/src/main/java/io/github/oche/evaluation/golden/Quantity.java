package io.github.oche.evaluation.golden;

/**
 * One compared quantity, or a family of tensors of which the worst counts.
 *
 * @param name of the tensor or family
 * @param error norm of the difference by the norm of the golden value
 * @param limit of what is ok; infinite where it is not judged
 * @param verdict what it came to
 * @param worst name of the family's worst tensor, or a remark; empty for none
 */
public record Quantity(String name, double error, double limit, Verdict verdict, String worst) {}
