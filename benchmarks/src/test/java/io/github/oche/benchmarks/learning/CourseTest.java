package io.github.oche.benchmarks.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;

class CourseTest {
  @Test
  void linesBecomeCurvesAndEnds() {
    Course course =
        Course.parse(
            ImmutableList.of(
                "curve loss 2.5", "curve other 7", "curve loss 1e-3", "end accuracy 81"));
    assertThat(course.curve("loss")).containsExactly(2.5, 1e-3);
    assertThat(course.curve("other")).containsExactly(7.0);
    assertThat(course.ends()).containsEntry("accuracy", 81.0).hasSize(1);
  }

  @Test
  void anotherLineIsNamed() {
    ImmutableList<String> lines = ImmutableList.of("curve loss 2.5", "hello");
    assertThatThrownBy(() -> Course.parse(lines))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("printed \"hello\"");
  }
}
