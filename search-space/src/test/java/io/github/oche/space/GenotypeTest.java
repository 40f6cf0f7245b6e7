package io.github.oche.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenotypeTest {
  private static final String ONE_NODE =
      "Genotype(normal=[('sep_conv_3x3', 1), ('skip_connect', 0)], normal_concat=range(2, 3), "
          + "reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 0)], reduce_concat=range(2, 3))";

  private static final Genotype ONE =
      new Genotype(
          new CellGenotype(
              ImmutableList.of(new Gene("sep_conv_3x3", 1), new Gene("skip_connect", 0)),
              ImmutableList.of(2)),
          new CellGenotype(
              ImmutableList.of(new Gene("max_pool_3x3", 0), new Gene("max_pool_3x3", 0)),
              ImmutableList.of(2)));

  @Test
  void parsesWhatThePublishedCodePrints() {
    assertThat(Genotype.parse(ONE_NODE)).isEqualTo(ONE);
    assertThat(ONE).hasToString(ONE_NODE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // white space, double quotes, lists for tuples and tuples for lists, trailing commas
        "\n Genotype (\n normal = ( [\"sep_conv_3x3\", 1], [\"skip_connect\",0,], ) ,\n\tnormal_concat=[2],"
            + " reduce=[('max_pool_3x3',0),('max_pool_3x3',0)],reduce_concat=(2,),)\r\n",
        // the order of the namedtuple, without keywords
        "Genotype([('sep_conv_3x3', 1), ('skip_connect', 0)], [2], [('max_pool_3x3', 0), ('max_pool_3x3', 0)], range(2, 3))",
        // keywords in another order
        "Genotype(reduce_concat=[2], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 0)], normal_concat=[2],"
            + " normal=[('sep_conv_3x3', 1), ('skip_connect', 0)])",
        // as a line of a Python file
        "MINE = Genotype(normal=[('sep_conv_3x3', 1), ('skip_connect', 0)], normal_concat=[2],"
            + " reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 0)], reduce_concat=[2])",
        // JSON, in another order and with fields of its own
        "{\"reduce\": [[\"max_pool_3x3\", 0], [\"max_pool_3x3\", 0]], \"reduce_concat\": [2], \"name\": {\"a\": [1]},\n"
            + " \"normal\": [[\"sep_conv_3x3\", 1], [\"skip_connect\", 0]], \"normal_concat\": [2]}",
      })
  void readsTheSameCellsInEveryForm(String text) {
    assertThat(Genotype.parse(text)).isEqualTo(ONE);
  }

  @Test
  void fiveNodesJoinsThatLeaveNodesOutAndDoubledOperationsAreValid() {
    Genotype amoeba = Genotypes.named("AmoebaNet");
    assertThat(amoeba.normal().nodes()).isEqualTo(5);
    assertThat(amoeba.reduction().concat()).containsExactly(3, 4, 6);
    assertThat(amoeba.toString()).contains("normal_concat=range(4, 7)", "reduce_concat=[3, 4, 6]");
    assertThat(Genotypes.named("NASNet").normal().genes().subList(6, 8))
        .containsOnly(new Gene("avg_pool_3x3", 0));
  }

  @Test
  void joinsKeepTheirOrder() {
    Genotype turned =
        Genotype.parse(
            ONE_NODE
                .replace("range(2, 3)", "[2]")
                .replace("[('sep", "[('skip_connect', 0), ('none', 1), ('sep")
                .replace("normal_concat=[2]", "normal_concat=[3, 2]"));
    assertThat(turned.normal().concat()).containsExactly(3, 2);
    assertThat(Genotype.parse(turned.toString())).isEqualTo(turned);
  }

  @Test
  void parsingUndoesPrintingForRandomGenotypes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 500; i++) {
      Genotype genotype = new Genotype(cell(random), cell(random));
      assertThat(Genotype.parse(genotype.toString())).isEqualTo(genotype);
      assertThat(Genotype.parse(genotype.toJson())).isEqualTo(genotype);
    }
  }

  private static CellGenotype cell(SplittableRandom random) {
    ImmutableList<String> names = Primitive.names().asList();
    int nodes = random.nextInt(1, 8);
    ImmutableList.Builder<Gene> genes = ImmutableList.builder();
    ImmutableList.Builder<Integer> concat = ImmutableList.builder();
    for (int node = 0; node < nodes; node++) {
      for (int k = 0; k < 2; k++) {
        genes.add(new Gene(names.get(random.nextInt(names.size())), random.nextInt(2 + node)));
      }
      if (node == 0 || random.nextBoolean()) {
        concat.add(2 + node);
      }
    }
    return new CellGenotype(genes.build(), concat.build());
  }

  static ImmutableList<Arguments> malformed() {
    String nine =
        "Genotype(normal=[('sep_conv_9x9', 0), ('none', 0)], normal_concat=range(2, 3), reduce=[], reduce_concat=[])";
    return ImmutableList.of(
        Arguments.of("", "column 1: expected \"Genotype(\", found the end of the text"),
        Arguments.of("Genotype", "column 9: expected \"(\", found the end of the text"),
        Arguments.of(
            "Genotype(normal=[(",
            "column 19: expected an operation between quotes, found the end of the text"),
        Arguments.of("Genotyp(normal=[])", "column 1: expected \"Genotype(\", found \"G\""),
        Arguments.of(
            nine, "column 19: unknown operation \"sep_conv_9x9\"; nearest known: sep_conv_"),
        Arguments.of(nine, "(in \"normal\", pair 0, node 2)"),
        Arguments.of(
            Genotypes.named("DARTS_V2")
                .toString()
                .replace("'dil_conv_3x3', 2", "'dil_conv_7x7', 2"),
            "(in \"normal\", pair 7, node 5)"),
        Arguments.of(
            Genotypes.named("DARTS_V2")
                .toJson()
                .replace("\"max_pool_3x3\", 0", "\"max_pool_5x5\", 0"),
            "(in \"reduce\", pair 0, node 2)"),
        Arguments.of(
            ONE_NODE.replace("('max_pool_3x3', 0), (", "('max_pool_3x3', 3), ("),
            "input 3 of pair 0 is out of range: node 2 reads states 0 to 1 (in \"reduce\")"),
        Arguments.of(
            ONE_NODE.replace("'sep_conv_3x3', 1", "'sep_conv_3x3', 2"),
            "column 35: input 2 of pair 0 is out of range: node 2 reads states 0 to 1"),
        Arguments.of(
            ONE_NODE.replace("'sep_conv_3x3', 1", "'sep_conv_3x3', -1"),
            "column 35: input -1 of pair 0 is out of range"),
        Arguments.of(
            ONE_NODE.replace("'sep_conv_3x3', 1", "'sep_conv_3x3', 1.5"),
            "column 35: expected a whole number, found \"1\""),
        Arguments.of(
            ONE_NODE.replace("'sep_conv_3x3', 1", "'sep_conv_3x3', 99999999999999999999"),
            "column 35: expected a whole number"),
        Arguments.of(
            ONE_NODE.replace("'sep_conv_3x3', 1", "'sep_conv_3x3', 1, 0.25"),
            "column 38: a pair has two parts"),
        Arguments.of(
            ONE_NODE.replace("('skip_connect', 0)", ""),
            "\"normal\" has 1 pair (operation, input), expected two for each node"),
        Arguments.of(
            ONE_NODE.replace("('max_pool_3x3', 0), ('max_pool_3x3', 0)", ""),
            "\"reduce\" is empty"),
        Arguments.of(ONE_NODE.replaceFirst("range\\(2, 3\\)", "[]"), "\"normal_concat\" is empty"),
        Arguments.of(
            ONE_NODE.replaceFirst("range\\(2, 3\\)", "range(3, 3)"), "\"normal_concat\" is empty"),
        Arguments.of(
            ONE_NODE.replaceFirst("range\\(2, 3\\)", "range(2, 4)"),
            "joined node 3 is out of range: nodes are 2 to 2 (in \"normal_concat\")"),
        Arguments.of(
            ONE_NODE.replaceFirst("range\\(2, 3\\)", "range(2, 999999999)"),
            "range of 999999997 nodes"),
        Arguments.of(ONE_NODE.replaceFirst("range\\(2, 3\\)", "[2, 2]"), "node 2 is joined twice"),
        Arguments.of(
            ONE_NODE.replaceFirst("range\\(2, 3\\)", "[1]"), "joined node 1 is out of range"),
        Arguments.of(
            ONE_NODE.replace("reduce_concat", "normal_concat"), "\"normal_concat\" is given twice"),
        Arguments.of(
            ONE_NODE.replace("reduce_concat", "reduce_concatt"),
            "unknown field \"reduce_concatt\"; nearest known: reduce_concat"),
        Arguments.of(
            ONE_NODE.replace(", reduce_concat=range(2, 3)", ""), "\"reduce_concat\" is missing"),
        Arguments.of(
            ONE_NODE.substring(0, ONE_NODE.length() - 1),
            "expected \",\", found the end of the text"),
        Arguments.of(ONE_NODE + ")", "text after the closing \")\", found \")\""),
        Arguments.of(ONE_NODE + "; import os", "text after the closing \")\", found \";\""),
        Arguments.of(
            ONE_NODE.replace("'sep_conv_3x3'", "\u2019sep_conv_3x3\u2019"),
            "column 19: expected an operation between quotes, found \"U+2019\""),
        Arguments.of(
            ONE_NODE.replace("sep_conv_3x3", "s\u0435p_conv_3x3"),
            "column 19: unknown operation \"sU+0435p_conv_3x3\"; nearest known: sep_conv_3x3"),
        Arguments.of(
            ONE_NODE.replace("'sep_conv_3x3'", "'sep_conv_3x3"),
            "unknown operation \"sep_conv_3x3, 1), (\""),
        Arguments.of(
            ONE_NODE.replace("[('sep_conv_3x3'", "[(__import__('os').system('x')"),
            "column 19: expected an operation between quotes, found \"_\""),
        Arguments.of(
            "Genotype(\nnormal=[('sep_conv_3x3', 1),\n('nope', 0)]",
            "line 3, column 2: unknown operation \"nope\""),
        Arguments.of("{", "column 2: not JSON: "),
        Arguments.of("{\"normal\": [[\"sep_conv_3x3\", 1]], ", "column 12: \"normal\" has 1 pair"),
        Arguments.of(
            "{\"normal\": [[\"sep_conv_3x4\", 1]]}",
            "column 14: unknown operation \"sep_conv_3x4\"; nearest known: sep_conv_3x3"),
        Arguments.of("{\"normal\": [[\"none\", 1e0]]}", "column 22: expected a whole number"),
        Arguments.of(
            "{\"normal\": [[\"none\", 0, 2]]}",
            "column 25: expected the end of a pair [operation, input]"),
        Arguments.of("{\"normal\": 3}", "column 12: expected a list of pairs [operation, input]"),
        Arguments.of("{\"normal_concat\": [2], \"normal_concat\": [2]}", "not JSON: Duplicate"),
        Arguments.of("{}", "column 2: \"normal\" is missing"),
        Arguments.of(ONE.toJson() + "x", "not JSON: Unrecognized token 'x'"),
        Arguments.of(ONE.toJson() + " 1", "text after the closing"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedTextIsRefusedWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> Genotype.parse(text))
        .isInstanceOf(GenotypeException.class)
        .hasMessageStartingWith("genotype text, ")
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").matches("[ -~]*"));
  }

  @Test
  void everyBeginningOfAGenotypeIsRefused() {
    for (String text :
        ImmutableList.of(
            Genotypes.named("NASNet").toString(), Genotypes.named("NASNet").toJson())) {
      for (int length = 0; length < text.length(); length++) {
        String cut = text.substring(0, length);
        assertThatThrownBy(() -> Genotype.parse(cut)).as(cut).isInstanceOf(GenotypeException.class);
      }
    }
  }

  @Test
  void changedCharactersGiveAGenotypeOrARefusal() {
    SplittableRandom random = new SplittableRandom(7);
    String alphabet = "[](){}'\",=0123456789-. \nabcxrange_\u00e9\u0000";
    for (int i = 0; i < 4000; i++) {
      StringBuilder text = new StringBuilder(i % 2 == 0 ? ONE_NODE : ONE.toJson());
      for (int k = 0; k < 1 + i % 3; k++) {
        text.setCharAt(
            random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Genotype genotype = Genotype.parse(text.toString());
        assertThat(Genotype.parse(genotype.toString())).isEqualTo(genotype);
      } catch (GenotypeException e) {
        assertThat(e).message().startsWith("genotype text").doesNotContain("\n");
      }
    }
  }

  @Test
  void longTextIsRefusedBeforeItIsRead() {
    assertThatThrownBy(() -> Genotype.parse(" ".repeat(1 << 20)))
        .isInstanceOf(GenotypeException.class)
        .hasMessage("genotype text has 1048576 characters, more than the 65536 that are read");
  }

  @Test
  void deeplyNestedJsonIsRefused() {
    assertThatThrownBy(() -> Genotype.parse("{\"x\": " + "[".repeat(20_000)))
        .isInstanceOf(GenotypeException.class);
  }

  @Test
  void ownOperationsAreKnownWhereTheyAreNamed() {
    String text = ONE_NODE.replace("sep_conv_3x3", "my.op-1");
    assertThatThrownBy(() -> Genotype.parse(text)).isInstanceOf(GenotypeException.class);
    Genotype genotype =
        Genotype.parse(text, ImmutableSet.of("my.op-1", "skip_connect", "max_pool_3x3"));
    assertThat(genotype.normal().genes().get(0).operation()).isEqualTo("my.op-1");
  }

  @Test
  void theRecordsRefuseWhatNoCellIs() {
    Gene gene = new Gene("none", 0);
    assertThatThrownBy(() -> new Gene("it's", 0)).isInstanceOf(GenotypeException.class);
    assertThatThrownBy(() -> new Gene("", 0)).isInstanceOf(GenotypeException.class);
    assertThatThrownBy(() -> new Gene("none", -1)).isInstanceOf(GenotypeException.class);
    assertThatThrownBy(() -> new CellGenotype(ImmutableList.of(), ImmutableList.of(2)))
        .isInstanceOf(GenotypeException.class);
    assertThatThrownBy(() -> new CellGenotype(ImmutableList.of(gene), ImmutableList.of(2)))
        .isInstanceOf(GenotypeException.class);
    assertThatThrownBy(() -> new CellGenotype(ImmutableList.of(gene, gene), ImmutableList.of()))
        .isInstanceOf(GenotypeException.class);
  }
}
