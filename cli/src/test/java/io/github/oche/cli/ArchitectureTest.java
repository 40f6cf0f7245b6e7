package io.github.oche.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

/** Packages know each other only in the direction that the tree draws, and keep some promises. */
@AnalyzeClasses(packages = "io.github.oche", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String DATA = "io.github.oche.data..";
  private static final String ENGINE = "io.github.oche.engine..";
  private static final String SPACE = "io.github.oche.space..";
  private static final String BILEVEL = "io.github.oche.bilevel..";
  private static final String DARTS = "io.github.oche.darts..";
  private static final String EVALUATION = "io.github.oche.evaluation..";
  private static final String CLI = "io.github.oche.cli..";
  private static final String OURS = "io.github.oche..";
  private static final String ND4J = "org.nd4j..";

  @ArchTest static final ArchRule dataKnowNobody = knowsOnly(DATA);

  @ArchTest static final ArchRule theEngineKnowsNobody = knowsOnly(ENGINE);

  @ArchTest static final ArchRule spacesKnowTheEngine = knowsOnly(SPACE, ENGINE);

  @ArchTest static final ArchRule bilevelProblemsKnowNoNetworks = knowsOnly(BILEVEL);

  @ArchTest
  static final ArchRule searchesKnowProblemsSpacesAndData =
      knowsOnly(DARTS, BILEVEL, SPACE, ENGINE, DATA);

  @ArchTest
  static final ArchRule evaluationKnowsSearches = knowsOnly(EVALUATION, DARTS, SPACE, ENGINE, DATA);

  @ArchTest
  static final ArchRule trainedModelsKnowNoTraining =
      knowsOnly("io.github.oche.evaluation.model..", SPACE, ENGINE, DATA);

  @ArchTest
  static final ArchRule theEngineAndItsSpacesStartNoNd4j =
      noClasses()
          .that()
          .resideInAnyPackage(ENGINE, SPACE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ND4J);

  @ArchTest
  static final ArchRule kernelsKnowNothingOfGraphs =
      noClasses()
          .that()
          .resideInAPackage("io.github.oche.engine.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.github.oche.engine");

  @ArchTest
  static final ArchRule nothingIsReadByJavaDeserialisation =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.io\\.(ObjectInputStream|ObjectOutputStream|Externalizable)");

  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule onlyTheCommandLineEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule oneHomeForPreconditions =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j.shade..", "org.nd4j.common.base..");

  /** Of our own packages, classes of {@code subject} may depend on it and the others named. */
  private static ArchRule knowsOnly(String subject, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = subject;
    System.arraycopy(others, 0, allowed, 1, others.length);
    return noClasses()
        .that()
        .resideInAPackage(subject)
        .should()
        .dependOnClassesThat(
            Predicates.resideInAPackage(OURS).and(Predicates.resideOutsideOfPackages(allowed)))
        .allowEmptyShould(true);
  }
}
