/** Tests of the kernels: naive truths in double, equal bits of both providers and of all widths. */
@NullMarked
package io.github.oche.engine.kernel;

import org.jspecify.annotations.NullMarked;
