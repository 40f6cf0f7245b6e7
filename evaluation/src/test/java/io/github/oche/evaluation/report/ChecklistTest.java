package io.github.oche.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChecklistTest {
  private static StudyFacts all() {
    StudyFacts facts = StudyFacts.none();
    for (Fact fact : Fact.values()) {
      facts = facts.yes(fact, "yes to " + fact);
    }
    return facts;
  }

  private static List<Answer> answers(StudyFacts facts) {
    return Checklist.of(facts).items().stream().map(Checklist.Item::answer).toList();
  }

  /** Where two lists of answers differ. */
  private static List<Integer> changed(List<Answer> before, List<Answer> after) {
    return IntStream.range(0, before.size())
        .filter(i -> before.get(i) != after.get(i))
        .boxed()
        .toList();
  }

  @Test
  void thereAreFourteenPracticesInTheirOrder() {
    assertThat(Arrays.stream(Practice.values()).map(Practice::number))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 14).boxed().toList());
  }

  @Test
  void allIsKeptIfAllIsSoAndNothingIsKnownIfNothingIsSaid() {
    assertThat(answers(all())).containsOnly(Answer.YES);
    assertThat(answers(StudyFacts.none())).containsOnly(Answer.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void aFactFlipsItsPracticeAndNoOther(Fact fact) {
    List<Answer> kept = answers(all());
    List<Integer> byNo = changed(kept, answers(all().no(fact, "because")));
    assertThat(byNo).hasSize(1);
    Checklist.Item item = Checklist.of(all().no(fact, "because")).items().get(byNo.get(0));
    assertThat(item.answer()).isEqualTo(Answer.NO);
    assertThat(item.reason()).isEqualTo("because");
    assertThat(changed(kept, answers(all().unknown(fact, "nobody knows")))).isEqualTo(byNo);
  }

  @Test
  void oneNoOutweighsWhatIsUnknown() {
    StudyFacts facts =
        all()
            .unknown(Fact.SAME_SPACE, "unclear")
            .no(Fact.SAME_TRAINING, "other epochs")
            .no(Fact.SAME_SPLIT, "other images");
    Checklist.Item item = Checklist.of(facts).items().get(3);
    assertThat(item.practice()).isEqualTo(Practice.SAME_BENCHMARK);
    assertThat(item.answer()).isEqualTo(Answer.NO);
    assertThat(item.reason()).isEqualTo("other epochs; other images");
  }

  @Test
  void aSingleSeedIsNotSeveral() {
    assertThat(StudyFacts.none().runs(Fact.TRAINING_SEEDS, 1, "training"))
        .isEqualTo(StudyFacts.none().no(Fact.TRAINING_SEEDS, "1 training"));
    assertThat(StudyFacts.none().runs(Fact.TRAINING_SEEDS, 2, "trainings"))
        .isEqualTo(StudyFacts.none().yes(Fact.TRAINING_SEEDS, "2 trainings"));
  }

  @Test
  void anAnswerHasAReason() {
    assertThatThrownBy(() -> StudyFacts.none().yes(Fact.ABLATION, " "))
        .hasMessage("the answer yes has no reason");
  }

  @Test
  void textFitsAScreenAndMarkdownIsATable() throws IOException {
    StringBuilder text = new StringBuilder();
    Checklist list =
        Checklist.of(StudyFacts.none().no(Fact.ABLATION, "none | " + "word ".repeat(30) + "end"));
    list.write(TableFormat.TEXT, text);
    ImmutableList<String> lines = text.toString().lines().collect(ImmutableList.toImmutableList());
    assertThat(lines)
        .contains(
            " 1 unknown release the code of the training pipeline: not known whether the code of the trainings is",
            "           published")
        .anyMatch(line -> line.startsWith(" 5 no      run ablation studies: none | word"))
        .allMatch(line -> line.length() <= 100);
    StringBuilder markdown = new StringBuilder();
    list.write(TableFormat.MARKDOWN, markdown);
    assertThat(markdown.toString())
        .contains("| 5 | run ablation studies | no | none \\| word")
        .contains("| 1 | release the code of the training pipeline | unknown | not known whether ");
  }
}
