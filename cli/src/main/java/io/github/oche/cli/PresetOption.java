package io.github.oche.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the settings that are not given come from. */
final class PresetOption {
  @Option(
      names = "--preset",
      paramLabel = "quick|code|paper",
      description = "Settings to start from (quick on the sample, code on other data).")
  private @Nullable String preset;

  /**
   * Returns the preset.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  Preset preset(boolean embedded) {
    if (preset == null) {
      return embedded ? Preset.QUICK : Preset.CODE;
    }
    for (Preset known : Preset.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(preset)) {
        return known;
      }
    }
    throw new IllegalArgumentException(
        "--preset is \"" + preset + "\", expected quick, code or paper");
  }
}
