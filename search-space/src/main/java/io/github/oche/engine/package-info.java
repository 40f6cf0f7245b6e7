/**
 * Trains small convolutional networks on a CPU: forwards, backwards, and along a direction.
 *
 * <p>Architecture search needs three things of a network, again and again, on the same small graph:
 * the loss, its gradient with respect to the weights w or to the mixing weights of the candidates,
 * and the exact derivative of that gradient in some direction (a Hessian-vector product). This
 * package does these and nothing else. It knows no cells, images or files; what to search stands in
 * {@code io.github.oche.space}, the inner loops in {@link io.github.oche.engine.kernel}.
 *
 * <pre>{@code
 * GraphBuilder g = new GraphBuilder();
 * Node x = g.pointwise("stem", g.input(3, 32, 32), 16);
 * Mixture alphas = g.mixture("alphas", 1, 2);                 // two candidates of one edge
 * Node y = g.weightedSum(
 *     List.of(alphas.weight(0, 0), alphas.weight(0, 1)),
 *     List.of(x, g.batchNorm("n", g.maxPool(x, 3, 1, 1), false)));
 * Node logits = g.linear("classifier", g.globalAveragePool(y), 10);
 * Graph graph = g.build(List.of(new Output("logits", logits, 1)));
 *
 * Plan plan = Plan.of(graph, 64, Plan.Purpose.SECOND_ORDER);  // knows plan.memoryBytes()
 * float[] w = graph.parameters().initialise(random);
 * float[] mixing = {0.5f, 0.5f};
 * try (Workers workers = new Workers(2)) {
 *   Network net = new Network(plan, workers);
 *   net.load(images, labels, 64);                    // [64, 3, 32, 32], [64]
 *   double loss = net.forward(w, mixing, Network.Mode.TRAINING);
 *   net.backward(Wanted.ALL);                        // weightGradient(), mixingGradient()
 *   float[] v = net.weightGradient().clone();
 *   net.forward(w, mixing, Network.Mode.TRAINING);
 *   net.along(v, new float[0], Wanted.MIXING);       // the change of mixingGradient() along v
 * }
 * }</pre>
 *
 * <h2>Graph, plan, network</h2>
 *
 * <p>A {@link io.github.oche.engine.Graph} says what is computed: {@link io.github.oche.engine.Node
 * nodes}, each an {@link io.github.oche.engine.Op} on earlier ones, and which named {@link
 * io.github.oche.engine.Parameter} lies where in one flat {@code float[]}. It is immutable and has
 * no numbers in it; w, the mixing weights and the batch come with each pass. {@link
 * io.github.oche.engine.GraphBuilder} gives back the same node for the same operation on the same
 * inputs, so that candidates which begin alike share their beginning.
 *
 * <p>A {@link io.github.oche.engine.Plan} says how: which steps run in which order for batches of
 * up to a given size, and where every intermediate result lies. A {@link
 * io.github.oche.engine.Network} is a plan with its memory, and {@link
 * io.github.oche.engine.Workers} are the threads that it runs on. A shorter batch (the last of an
 * epoch) runs in the same memory and gives the bits of a plan of its size.
 *
 * <h2>Layout</h2>
 *
 * <p>An activation is {@code [image][block][row][column][lane]}: channels are cut into blocks of V
 * = 4, 8 or 16 (the floats of one vector), and the V channels of a pixel lie side by side. So every
 * inner loop is a vector wide whatever the image's shape, and a plane of one block fits into the
 * first cache. Channels that the last block has too many are zero. A step works through a batch
 * image by image, all blocks of one image after the other, while they are in the cache; a pointwise
 * convolution of many channels takes some rows of an image at a time, for the same reason.
 *
 * <h2>Batch norms are read, not stored</h2>
 *
 * <p>Once its statistics are known, a batch norm is {@code s z + t}, a channel at a time. Whoever
 * reads it (a sum, a convolution) reads z and does that on the way: an {@code Affine} is a tensor
 * that is such a combination of stored ones. Its tangent, the gradient of z and the derivative of
 * that are affine too, in the tensors that are stored anyway ({@code Norm} has the formulas). The
 * statistics of z are summed while the step that computes z has each image in the cache, likewise
 * the sums that the backward pass needs.
 *
 * <h2>Waves</h2>
 *
 * <p>A batch norm needs all images before any of them can go on; nothing else does. So steps are
 * sorted by how many batch norms lie before them, and those with the same number are a {@code
 * Wave}: a chunk of images runs through all its steps on one thread. What several steps read (the
 * copy of a state that all its convolutions share) or add to (its gradient) is then in the cache
 * after the first of them. A weight step of the supernet of 16 channels and 8 cells takes 4 to 7 %
 * less time for it at batch 16, and 19 % less at batch 64 (two cores with AVX2). The next wave
 * takes the chunks the other way round, from the one that was last (another 1 to 5 %).
 *
 * <h2>Fusions</h2>
 *
 * <p>The {@code Compiler} turns nodes into steps, together where {@code Fusion} says so. A
 * depthwise convolution and the pointwise one after it are one step; what lies between is computed
 * again on the way back rather than kept. One with a stride gives its gradient {@code Phase} by
 * phase, without the zeros between outputs. ReLUs are done where a convolution reads; what several
 * depthwise ones read is stored, with zeros around it, and they add up its gradient before the ReLU
 * takes it back. A sum applies the mixing weights, the batch norms and drop path of its terms; a
 * sum of sums is added up in one tensor, each part as soon as its terms are there (which took a
 * tenth off a forward pass: what an edge has computed is then still in the cache). A join of sums
 * costs nothing where their channels fill whole blocks, or where dense convolutions alone read it:
 * {@code Places} has them written where the join lies.
 *
 * <h2>Threads, and why the bits are always the same</h2>
 *
 * <p>The images of a batch are cut into at most 16 chunks, however many threads there are; any
 * thread may take any chunk. Sums over the batch are kept a chunk (or an image) apart and added up
 * in their order; everything else touches one image alone. The kernels fix the order inside an
 * image, independent of V. So one seed gives the same bits on 1 or 16 threads, with AVX2, AVX-512,
 * NEON or none, in a cold and in a warm JVM.
 *
 * <h2>The derivative along a direction</h2>
 *
 * <p>{@link io.github.oche.engine.Network#along} differentiates the gradient once more, exactly
 * (forward over reverse): a second forward pass carries tangents, and the backward pass carries
 * every gradient with its derivative. It costs about as much as two passes forwards and three
 * backwards, and about twice the memory; finite differences would cost four passes and half of the
 * digits. ReLU and max pooling count as what they are at the point, linear pieces.
 *
 * <h2>Memory</h2>
 *
 * <p>Every buffer knows from the schedule when it is first and last touched, and buffers that are
 * never alive together share their place. {@link io.github.oche.engine.Plan#memoryBytes} says the
 * sum beforehand; all of it is taken when the network is made, and a pass allocates nothing. A
 * backward pass writes over what the forward pass left, so each needs a forward pass of its own.
 */
@NullMarked
package io.github.oche.engine;

import org.jspecify.annotations.NullMarked;
