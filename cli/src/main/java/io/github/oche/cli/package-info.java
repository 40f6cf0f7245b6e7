/**
 * The command line: one class a command.
 *
 * <p>{@link io.github.oche.cli.Oche} knows the commands; each reads its options, calls the other
 * modules and prints what they return. This is the only package that prints, and the only one that
 * ends the process: 0 done, 1 a check failed or a fault of Oche itself, 2 bad input, 3 diverged, 4
 * not enough memory or space.
 *
 * <p>To add a command, write a class with {@code @Command} that is a {@code Callable<Integer>} and
 * name it in {@code Oche}. What several commands take is a group of options that they mix in. Bad
 * input is any {@link java.lang.IllegalArgumentException}: its message becomes the one line that
 * the user sees.
 */
@NullMarked
package io.github.oche.cli;

import org.jspecify.annotations.NullMarked;
