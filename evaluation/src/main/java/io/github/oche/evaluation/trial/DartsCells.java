package io.github.oche.evaluation.trial;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.space.Candidate;
import io.github.oche.space.CellGenotype;
import io.github.oche.space.CellSpace;
import io.github.oche.space.Gene;
import io.github.oche.space.Genotype;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The cell pairs of the DARTS space: in each cell four nodes, each of which adds two of its earlier
 * states, not twice the same, by operations other than {@code none}; all four nodes are joined.
 *
 * <p>A cell can be wired in 1 * 3 * 6 * 10 ways and has 7^8 choices of operations: there are about
 * 1.1e18 pairs. What is drawn has the two genes of a node in the order of their inputs, so that
 * equal architectures are equal genotypes; a search writes the stronger first.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan and Yang (2019), DARTS, section
 *     3.2: the random baseline</a>
 */
public enum DartsCells implements ArchitectureSpace<Genotype> {
  /** The space: it has no settings. */
  INSTANCE;

  private static final CellSpace CELL = CellSpace.darts();
  private static final int EDGES = 2; // that a node keeps
  private static final ImmutableList<String> OPERATIONS =
      CELL.names().stream()
          .filter(name -> !name.equals(Candidate.NONE))
          .collect(ImmutableList.toImmutableList());

  /** Draws a cell pair; all are equally likely. */
  @Override
  public Genotype random(RandomGenerator random) {
    return new Genotype(cell(random), cell(random));
  }

  /**
   * Gives one edge another operation or, as likely, another input that its node does not read yet.
   * All edges that can be changed so are equally likely, and so is all that they can get. (The
   * first node of a cell has two inputs and reads both: only its operations change.)
   *
   * @throws IllegalArgumentException if the genotype is not of this space
   * @see <a href="https://arxiv.org/abs/1802.01548">Real, Aggarwal, Huang and Le (2019),
   *     Regularized evolution, section 3: the two kinds of mutation</a>
   */
  @Override
  public Genotype mutate(Genotype genotype, RandomGenerator random) {
    checkArgument(contains(genotype), "%s is not of the DARTS space", genotype);
    boolean normal = random.nextBoolean();
    CellGenotype cell = normal ? genotype.normal() : genotype.reduction();
    List<Gene> genes = new ArrayList<>(cell.genes());
    if (random.nextBoolean()) {
      int changed = random.nextInt(genes.size());
      genes.set(changed, withOtherOperation(genes.get(changed), random));
    } else {
      int changed = EDGES + random.nextInt(genes.size() - EDGES);
      int neighbour = genes.get(changed ^ 1).input(); // the two genes of a node are 2n and 2n + 1
      genes.set(
          changed, withOtherInput(genes.get(changed), neighbour, states(changed / EDGES), random));
    }
    CellGenotype mutated = sorted(genes);
    return normal
        ? new Genotype(mutated, sorted(genotype.reduction().genes()))
        : new Genotype(sorted(genotype.normal().genes()), mutated);
  }

  /** Whether a genotype is of this space, in whatever order its genes and joined nodes stand. */
  public static boolean contains(Genotype genotype) {
    return contains(genotype.normal()) && contains(genotype.reduction());
  }

  private static boolean contains(CellGenotype cell) {
    if (cell.nodes() != CELL.nodes() || cell.concat().size() != CELL.nodes()) {
      return false;
    }
    for (int node = 0; node < CELL.nodes(); node++) {
      if (cell.genes().get(EDGES * node).input() == cell.genes().get(EDGES * node + 1).input()) {
        return false;
      }
    }
    return cell.genes().stream().allMatch(gene -> OPERATIONS.contains(gene.operation()));
  }

  private static CellGenotype cell(RandomGenerator random) {
    List<Gene> genes = new ArrayList<>();
    for (int node = 0; node < CELL.nodes(); node++) {
      Gene first = new Gene(operation(random), random.nextInt(states(node)));
      genes.add(first);
      genes.add(
          withOtherInput(new Gene(operation(random), first.input()), -1, states(node), random));
    }
    return sorted(genes);
  }

  private static String operation(RandomGenerator random) {
    return OPERATIONS.get(random.nextInt(OPERATIONS.size()));
  }

  private static Gene withOtherOperation(Gene gene, RandomGenerator random) {
    int shift = 1 + random.nextInt(OPERATIONS.size() - 1);
    int index = OPERATIONS.indexOf(gene.operation());
    return new Gene(OPERATIONS.get((index + shift) % OPERATIONS.size()), gene.input());
  }

  /** Draws one of the states but the gene's and {@code taken}; there must be one. */
  private static Gene withOtherInput(Gene gene, int taken, int states, RandomGenerator random) {
    List<Integer> free = new ArrayList<>();
    for (int state = 0; state < states; state++) {
      if (state != gene.input() && state != taken) {
        free.add(state);
      }
    }
    return new Gene(gene.operation(), free.get(random.nextInt(free.size())));
  }

  /** How many states a node may read. */
  private static int states(int node) {
    return CELL.inputs() + node;
  }

  private static CellGenotype sorted(List<Gene> genes) {
    ImmutableList.Builder<Gene> sorted = ImmutableList.builder();
    ImmutableList.Builder<Integer> concat = ImmutableList.builder();
    for (int node = 0; node < CELL.nodes(); node++) {
      genes.subList(EDGES * node, EDGES * (node + 1)).stream()
          .sorted(Comparator.comparingInt(Gene::input))
          .forEach(sorted::add);
      concat.add(CELL.inputs() + node);
    }
    return new CellGenotype(sorted.build(), concat.build());
  }
}
