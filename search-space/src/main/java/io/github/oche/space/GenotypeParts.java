package io.github.oche.space;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the four fields of a genotype while a parser reads them, and checks each against what
 * came before, so that a fault is reported at its own place. Genes and nodes come with the place
 * they stood at.
 */
final class GenotypeParts {
  static final ImmutableList<String> FIELDS =
      ImmutableList.of("normal", "normal_concat", "reduce", "reduce_concat");

  /** A value and where it stood. */
  record Placed<T>(T value, int at) {}

  /** Turns a place and a fault into the exception of the parser at work. */
  interface Faults {
    GenotypeException at(int place, String what);
  }

  private final ImmutableSet<String> operations;
  private final Faults faults;
  private @Nullable ImmutableList<Placed<Gene>> normal;
  private @Nullable ImmutableList<Placed<Long>> normalConcat;
  private @Nullable ImmutableList<Placed<Gene>> reduce;
  private @Nullable ImmutableList<Placed<Long>> reduceConcat;

  GenotypeParts(ImmutableSet<String> operations, Faults faults) {
    this.operations = operations;
    this.faults = faults;
  }

  static boolean isGenes(String field) {
    return field.equals("normal") || field.equals("reduce");
  }

  /** Returns false if the field was there before. */
  boolean genes(String field, List<Placed<Gene>> genes) {
    boolean first = (field.equals("normal") ? normal : reduce) == null;
    if (field.equals("normal")) {
      normal = ImmutableList.copyOf(genes);
    } else {
      reduce = ImmutableList.copyOf(genes);
    }
    return first;
  }

  /** Returns false if the field was there before. */
  boolean concat(String field, List<Placed<Long>> nodes) {
    boolean first = (field.equals("normal_concat") ? normalConcat : reduceConcat) == null;
    if (field.equals("normal_concat")) {
      normalConcat = ImmutableList.copyOf(nodes);
    } else {
      reduceConcat = ImmutableList.copyOf(nodes);
    }
    return first;
  }

  /** Checks the operation of a field's next pair as soon as it is read. */
  String operation(String field, int index, String name, int at) {
    if (!operations.contains(name)) {
      throw faults.at(
          at,
          "unknown operation "
              + Texts.quote(name)
              + "; nearest known: "
              + Nearest.to(name, operations)
              + String.format(
                  " (in \"%s\", pair %d, node %d)", field, index, CellGenotype.INPUTS + index / 2));
    }
    return name;
  }

  /** Checks one pair as soon as it is read: its input must be an earlier state. */
  Gene gene(String field, int index, String operation, long input, int inputAt) {
    refuse(inputAt, field, CellGenotype.inputFault(input, index));
    return new Gene(operation, (int) input);
  }

  /** Checks that a list of pairs ends at a whole node. */
  void checkCount(String field, int pairs, int at) {
    if (pairs == 0) {
      throw faults.at(
          at, "\"" + field + "\" is empty, expected two pairs (operation, input) for each node");
    }
    if (pairs % 2 != 0) {
      throw faults.at(
          at,
          "\""
              + field
              + "\" has "
              + pairs
              + (pairs == 1 ? " pair" : " pairs")
              + " (operation, input), expected two for each node");
    }
  }

  Genotype genotype(int end) {
    return new Genotype(
        cell(
            need(normal, "normal", end), need(normalConcat, "normal_concat", end), "normal_concat"),
        cell(
            need(reduce, "reduce", end),
            need(reduceConcat, "reduce_concat", end),
            "reduce_concat"));
  }

  private <T> T need(@Nullable T part, String name, int end) {
    if (part == null) {
      throw faults.at(
          end, "\"" + name + "\" is missing; a genotype has " + String.join(", ", FIELDS));
    }
    return part;
  }

  private void refuse(int place, String field, Optional<String> fault) {
    fault.ifPresent(
        what -> {
          throw faults.at(place, what + " (in \"" + field + "\")");
        });
  }

  private CellGenotype cell(
      ImmutableList<Placed<Gene>> genes, ImmutableList<Placed<Long>> nodes, String concatField) {
    Set<Integer> seen = new HashSet<>();
    ImmutableList.Builder<Integer> concat = ImmutableList.builder();
    for (Placed<Long> node : nodes) {
      refuse(node.at(), concatField, CellGenotype.joinFault(node.value(), genes.size() / 2, seen));
      concat.add(node.value().intValue());
    }
    return new CellGenotype(
        genes.stream().map(Placed::value).collect(ImmutableList.toImmutableList()), concat.build());
  }
}
