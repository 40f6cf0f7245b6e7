package io.github.oche.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.oche.data.Dataset;
import io.github.oche.evaluation.Checkpoint;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.evaluation.TrainingProgress;
import io.github.oche.evaluation.model.Model;
import io.github.oche.space.Genotypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
  private static final Dataset DATA = Small.data();
  private static final RetrainingSettings SETTINGS =
      Small.protocol().training().withEpochs(3).withDropPath(0.3);
  private static final String NAME = "final/darts-v2/seed-0";

  @TempDir private Path temporary;

  private Done<TrainingOutcome> train(Path folder, ReproductionListener listener) {
    Protocol protocol = Small.protocol();
    Schedule schedule = new Schedule(protocol, DATA, DATA);
    return new Jobs(folder, 1, schedule, listener)
        .train(
            NAME, Genotypes.named("DARTS_V2"), SETTINGS, Images.of(DATA), Schedule.Stage.TRAINING);
  }

  @Test
  void anInterruptedTrainingGoesOnAfterItsLastWholeEpoch() throws Exception {
    Path folder = temporary.resolve("stopped");
    ReproductionListener stop =
        new ReproductionListener() {
          @Override
          public void step(JobProgress job, TrainingProgress now) {
            if (now.epoch() == 3) {
              throw new IllegalStateException("stopped");
            }
          }
        };
    assertThatThrownBy(() -> train(folder, stop)).hasMessage("stopped");
    Path checkpoint = folder.resolve(NAME).resolve(Checkpoint.FILE_NAME);
    assertThat(checkpoint).exists();
    List<Integer> heard = new ArrayList<>();
    ReproductionListener listener =
        new ReproductionListener() {
          @Override
          public void resumed(JobProgress job, int epochs) {
            heard.add(epochs);
          }

          @Override
          public void step(JobProgress job, TrainingProgress now) {
            heard.add(now.epoch());
          }
        };
    Done<TrainingOutcome> done = train(folder, listener);
    assertThat(heard).containsExactly(2, 3, 3, 3); // 18 images are 8, 8 and 2
    assertThat(checkpoint).doesNotExist();

    Path whole = temporary.resolve("whole");
    assertThat(done.result()).isEqualTo(train(whole, ReproductionListener.NONE).result());
    for (String model : List.of(Model.FILE_NAME, "best.safetensors")) {
      assertThat(folder.resolve(NAME).resolve(model))
          .hasSameBinaryContentAs(whole.resolve(NAME).resolve(model));
    }
  }

  /** Its process was killed between the last two things that it had to do. */
  @Test
  void aCheckpointThatIsLeftOfADoneTrainingIsRemoved() throws Exception {
    Done<TrainingOutcome> done = train(temporary, ReproductionListener.NONE);
    Path checkpoint = temporary.resolve(NAME).resolve(Checkpoint.FILE_NAME);
    Files.writeString(checkpoint, "left");
    assertThat(train(temporary, ReproductionListener.NONE)).isEqualTo(done);
    assertThat(checkpoint).doesNotExist();
  }
}
