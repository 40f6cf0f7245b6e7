/** The inner loops of the engine. */
@NullMarked
package io.github.oche.engine.kernel;

import org.jspecify.annotations.NullMarked;
