/**
 * Vectors and linear systems {@code A q = b} of which only products with A are known, as the
 * implicit methods of {@link io.github.oche.bilevel} solve them.
 */
@NullMarked
package io.github.oche.bilevel.linear;

import org.jspecify.annotations.NullMarked;
