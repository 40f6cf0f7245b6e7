/**
 * The inner loops of the engine: convolutions, batch sums, sums of streams and poolings on {@code
 * float[]}, one image and one or a few blocks of channels a call.
 *
 * <p><b>Layout.</b> Channels lie in the lanes. An activation is {@code [image][channel
 * block][row][column][V]}, V = {@link io.github.oche.engine.kernel.Kernels#lanes()}, unused lanes
 * zero; a {@link io.github.oche.engine.kernel.Plane} looks at one block of one image, dense or
 * inside a padded one. A matrix reads its inputs in the same blocks. So no kernel shuffles, adds
 * across lanes or loads at an odd offset, and the addresses of a tile are constants apart.
 *
 * <pre>{@code
 * Kernels kernels = Kernels.provider();
 * int v = kernels.lanes();
 * Plane x = new Plane().set(padded, 0, 36 * v, v);   // 36 x 36 pixels: 32 x 32 and a border of two
 * Plane y = new Plane().set(result, 0, 32 * v, v);
 * kernels.depthwise(x, new Taps(5, 5, 1, 1), weights, 0, false, y, 32, 32);
 * }</pre>
 *
 * <p><b>Same bits everywhere.</b> Each method of {@link io.github.oche.engine.kernel.Kernels}
 * states its order of summation; it depends neither on V nor on the provider. {@code VectorKernels}
 * (Vector API) and {@code PlainKernels} (plain Java, {@code Math.fma}) agree bit for bit with 4, 8
 * and 16 lanes, and the tests hold them to it. Three traps of the Vector API would break this:
 *
 * <ul>
 *   <li>{@code lanewise(EXP)}, {@code LOG} or {@code TANH} give other bits in the interpreter than
 *       once compiled, so that a resumed run would differ from one that never stopped. Kernels only
 *       add, multiply, compare and mask; what needs an exponential (softmax and loss, both tiny)
 *       takes {@code StrictMath} elsewhere.
 *   <li>{@code reduceLanes(ADD)} on floats adds in no stated order. Channels lie in the lanes, so
 *       that there is nothing to add across them; {@code moments} leaves one sum a channel.
 *   <li>A sum over a flat vector, one accumulator a lane, depends on the number of lanes. No kernel
 *       has one: the order of a sum is one over pixels, taps, inputs or streams.
 * </ul>
 *
 * <p><b>How the vector kernels are written.</b> {@code VectorKernels} cuts the work into tiles,
 * each a static method whose innermost loop alone carries vectors; the loop over tiles is around it
 * in the same method, since a call and its checks cost as much as 20 multiply-adds (at a row's end
 * tiles overlap, where a kernel only writes; where it adds, narrower ones follow):
 *
 * <ul>
 *   <li>depthwise: 8 pixels, a loop over rows of taps, each pixel loaded once a row (K - 1 + 8
 *       loads for 8 K multiply-adds);
 *   <li>its weights: the taps of one to three rows, 2 or 4 pixels a trip, one flat loop over all
 *       pixels;
 *   <li>matrix: 8 pixels x 1 or 2 blocks or 4 x 4, a loop over inputs; its weights: 8 inputs x 1 or
 *       2 blocks, a loop over pixels. These need 32 registers. With vectors of 256 bits there are
 *       16: 4 x 2 there, 8 inputs a trip, or 4 where a section of inputs ends in the middle of a
 *       block (36 channels are 9 times 4), and for the weights 4 x 2, 2 pixels a trip;
 *   <li>sums: up to 3 streams in a loop over pixels, more of them 8 pixels a tile, a loop over
 *       streams.
 * </ul>
 *
 * <p>Where registers are few, {@code fence} decides. HotSpot orders the instructions of a trip by
 * how long the way to its end is: it loads all operands before it multiplies, and what 16 registers
 * do not hold is written to the stack and read back. A store keeps later loads behind it, so that a
 * tile stores a sum that is just done, now and then, to a place that nobody reads and that is
 * always in the first cache (of its own array each thread has one). With it, 32 inputs to 32
 * outputs run at 88 GFLOPS where they ran at 58, 5x5 taps at 90 where they ran at 63 (one core,
 * AVX2). Where to put the stores was found by trying all places for each tile, on Java 17 and 25:
 * there is no rule.
 *
 * <p>The unrolled ones, {@code *Tiles}, are written by a script and kept, so that a build needs no
 * Python. Change the script, then, in {@code search-space}:
 *
 * <pre>{@code
 * python3 src/kernels/tiles.py src/main/java/io/github/oche/engine/kernel && mvn spotless:apply
 * }</pre>
 *
 * <p>Rules that keep HotSpot from putting vectors into objects (which costs a factor 4 to 50, and
 * shows as garbage; {@code KernelSpeed} in the benchmarks prints it; as they are, no kernel
 * allocates once compiled, on Java 17 and 25, alone and in a program that uses all):
 *
 * <ul>
 *   <li>Accumulators are named locals, the species is a constant, a method has one loop that
 *       carries vectors (two of them, one in the other, ran at 5 GFLOPS); no lambdas, no method
 *       that takes or returns a vector.
 *   <li>A vector must not be chosen by a branch ({@code a = odd ? b : c}): choose a number, or
 *       write both ends.
 *   <li>Every receiver is cast to the exact class of its species: {@code FLOAT.cast(v).fma(b, a)},
 *       {@code FLOAT.cast(a).intoArray(y, o)}. While C2 parses, what the library returns is a
 *       {@code FloatVector} of no known class, and so is an accumulator after its loop. To call a
 *       method on one, C2 trusts the profile of a library method that all vectors of the JVM share,
 *       with a trap for when it is wrong. Each trap taken there while the program was young (a
 *       first {@code max} after many {@code add}s takes four) counts once for every time the method
 *       is inlined, and from a hundred on ({@code PerMethodTrapLimit}) C2 sets no more in this
 *       tile: it calls the method, loses the class, and boxes. So large tiles boxed in one run of
 *       three; and in a program with vectors of another length, whose profiles are mixed, all did.
 *       The cast is an intrinsic with traps of its own, and costs nothing once compiled. Arguments
 *       need none: the library compares their class with the receiver's.
 *   <li>Addresses of the form {@code p + i * V}, i the loop's counter and V a constant, have their
 *       bounds checked once a loop; with a step in a variable each load is checked. So small loops
 *       take the step as an argument and are inlined with V for it: sums of 1 and 2 streams went
 *       from 29 and 31 to 86 and 93 GB/s, the gradient through a ReLU from 40 to 128, batch sums
 *       from 40 and 49 to 74 and 91 (8 lanes, one core of an AMD EPYC, AVX2).
 *   <li>A tile must not be too much for C1, which inlines all of the library: from about 2,400
 *       bytecodes on it runs out of virtual registers, and a method that C1 has compiled without a
 *       profile and cannot compile with one never reaches C2 ({@code ProvidersTest} compiles all).
 *       A tile of fewer than 330 bytecodes is inlined into its caller's loop.
 *   <li>To broadcast a float, {@code IntVector.broadcast(INTS,
 *       Float.floatToRawIntBits(x[i])).reinterpretAsFloats()} is one load; {@code
 *       FloatVector.broadcast} is a load and a shuffle, which costs nothing with fences and half of
 *       the code for C1, and 88 instead of 114 GFLOPS without.
 * </ul>
 *
 * <p><b>Figures</b> of {@code KernelSpeed}: one core of an AMD EPYC with AVX2 (Zen 3, a shared
 * machine, where multiply-adds in registers came to 80 to 90 in the same runs), one image in cache,
 * the best of many repetitions, Java 17, GFLOPS:
 *
 * <table>
 *   <caption>Speed of the kernels</caption>
 *   <tr><td>depthwise 3x3 to 32x32, 16x16, 8x8</td><td>86, 81, 71</td></tr>
 *   <tr><td>the same, added</td><td>81, 74, 65</td></tr>
 *   <tr><td>depthwise 5x5 to 32x32, 8x8</td><td>91, 85</td></tr>
 *   <tr><td>depthwise 3x3, 5x5, dilation 2, to 32x32</td><td>87, 91</td></tr>
 *   <tr><td>depthwise 3x3, 5x5, stride 2, to 16x16</td><td>57, 82</td></tr>
 *   <tr><td>weights of depthwise 3x3, 5x5, 32x32</td><td>67 to 89, 78</td></tr>
 *   <tr><td>matrix 8 to 8, 16 to 16, 32 to 32, 64 to 64</td><td>54, 93, 93, 92</td></tr>
 *   <tr><td>weights of these</td><td>68, 91, 88, 84</td></tr>
 * </table>
 *
 * <p>The slowest are windows of 2 x 2, images of 7 x 7, which end in the middle of a tile, and a
 * single block of outputs. With AVX-512, whose kernels have no fences, all but stride 2 reached 94
 * to 118 of 118 before tiles had their loops around them and matrices read blocks. With 16 lanes,
 * sums of 1 to 8 streams move 45 to 77 GB/s, batch sums over two images and the gradient through a
 * ReLU 96 to 154 GB/s; a pixel of a 3 x 3 pooling takes 5 to 9 ns, of its gradient 12 to 15 ns
 * (mean) and 28 to 35 ns (largest).
 */
@NullMarked
package io.github.oche.engine.kernel;

import org.jspecify.annotations.NullMarked;
