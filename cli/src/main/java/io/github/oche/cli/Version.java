package io.github.oche.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code oche --version} prints. */
final class Version implements IVersionProvider {
  /** Returns the version in the jar's manifest, or {@code development} without a jar. */
  static String ofOche() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"oche " + ofOche() + " (Java " + System.getProperty("java.version") + ")"};
  }
}
