package io.github.oche.cli;

import io.github.oche.darts.DivergedException;
import io.github.oche.darts.HeapException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns whatever went wrong into one line on standard error, with a second one where there is a
 * hint, and an exit code.
 *
 * @param stackTraces whether to print the stack trace as well
 */
record Failures(boolean stackTraces) {
  static final String STACK_TRACE = "--stack-trace";

  private static final int LONGEST = 1000;

  int ofParameters(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    String hint = "`" + name + " --help` shows the options";
    String message = e.getMessage();
    List<String> unmatched = command.getUnmatchedArguments();
    if (!unmatched
        .isEmpty()) { // said first: a required option is often missing because it was misspelt
      String word = unmatched.get(0);
      String kind = "unexpected argument";
      if (word.startsWith("-")) {
        kind = "unknown option";
        word = word.replaceFirst("=.*", "");
      } else if (command.getParent() == null) {
        kind = "unknown command";
        hint = "`" + name + " --help` lists the commands";
      }
      message = kind + " '" + word + "'";
      List<String> suggestions =
          new UnmatchedArgumentException(command, List.of(word)).getSuggestions();
      if (!suggestions.isEmpty()) {
        hint = "did you mean " + suggestions.get(0) + "? " + hint;
      }
    } else if (message != null && !message.isEmpty()) {
      message = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
    err.println(name + ": " + line(message));
    err.println(name + ": " + line(hint));
    trace(e, err);
    return ExitCode.BAD_INPUT;
  }

  int ofExecution(Exception e, CommandLine command, ParseResult result) {
    return report(e, command.getCommandSpec().qualifiedName(), command.getErr());
  }

  int report(Throwable thrown, String command, PrintWriter err) {
    Throwable e =
        thrown instanceof UncheckedIOException unchecked && unchecked.getCause() != null
            ? unchecked.getCause()
            : thrown;
    int code;
    String message;
    if (e instanceof DivergedException) {
      code = ExitCode.DIVERGED;
      message = e.getMessage();
    } else if (e instanceof HeapException) {
      code = ExitCode.NO_MEMORY_OR_SPACE;
      message = e.getMessage();
    } else if (e instanceof IllegalArgumentException) {
      code = ExitCode.BAD_INPUT;
      message = e.getMessage();
    } else if (e instanceof OutOfMemoryError) {
      code = ExitCode.NO_MEMORY_OR_SPACE;
      message =
          "not enough memory ("
              + e.getMessage()
              + "); give the JVM more with OCHE_JAVA_OPTS=-Xmx8g, or lower --batch or --channels";
    } else if (e instanceof IOException io) {
      code = noSpace(io) ? ExitCode.NO_MEMORY_OR_SPACE : ExitCode.BAD_INPUT;
      message = describe(io);
    } else {
      code = ExitCode.FAILED;
      message =
          "internal error: "
              + e
              + (stackTraces ? "" : "; " + STACK_TRACE + " shows where, for a bug report");
    }
    err.println(command + ": " + line(message));
    trace(e, err);
    return code;
  }

  private void trace(Throwable e, PrintWriter err) {
    if (stackTraces) {
      e.printStackTrace(err);
    }
  }

  /** An I/O error as a person would say it: most have a file's name for a message, and no more. */
  static String describe(IOException e) {
    if (e instanceof FileSystemException file) {
      String reason =
          e instanceof NoSuchFileException
              ? "no such file or folder"
              : e instanceof AccessDeniedException ? "permission denied" : file.getReason();
      return file.getFile() + ": " + (reason == null ? e.getClass().getSimpleName() : reason);
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static boolean noSpace(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left")
        || message.contains("File too large")
        || message.contains("quota exceeded");
  }

  /** One line of bounded length, whatever a message quotes. */
  private static String line(@Nullable String message) {
    String text = String.valueOf(message).strip().replaceAll("\\p{Cntrl}+", " ");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
  }
}
