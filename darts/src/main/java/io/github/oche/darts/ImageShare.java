package io.github.oche.darts;

import io.github.oche.data.Dataset;
import io.github.oche.data.Split;

/**
 * Which training images a search takes, and how it shares them between w and α.
 *
 * @param images how many are taken; 0 is all
 * @param rule how they are shared
 * @param portion w's share, in (0, 1)
 * @param seed the search's
 */
public record ImageShare(int images, SplitRule rule, double portion, long seed) {
  /**
   * What these settings say.
   *
   * @param settings of a search
   * @return their share
   */
  public static ImageShare of(SearchSettings settings) {
    return new ImageShare(
        settings.trainImages(), settings.split(), settings.portion(), settings.seed());
  }

  /**
   * Shares the training images; the test images are not touched.
   *
   * @param data whose training images are shared
   * @return the two parts
   * @throws IllegalArgumentException if there are too few images
   */
  public Split split(Dataset data) {
    Seeds seeds = Seeds.of(seed);
    Dataset used = images == 0 ? data : data.limitTrain(images, seeds.images());
    return rule.split(used.train(), portion, seeds.split());
  }
}
