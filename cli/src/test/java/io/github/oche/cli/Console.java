package io.github.oche.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs commands in this JVM, and keeps what they print. */
final class Console {
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  /** Runs a command; returns its exit code. */
  int run(String... arguments) {
    return Oche.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  /** Runs a command with changes to it: of an option given twice, the last counts. */
  int run(List<String> command, String... changes) {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of(changes));
    return run(arguments.toArray(new String[0]));
  }

  /** The same with a folder to write to. */
  int runTo(Path folder, List<String> command, String... changes) {
    List<String> arguments = new ArrayList<>(List.of(changes));
    arguments.add("--out=" + folder);
    return run(command, arguments.toArray(new String[0]));
  }
}
