package io.okrsync;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The service as a process of its own: the command line on the class path of this test. */
final class Child {
  private final Process process;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Thread listener;

  private Child(Process process, Consumer<String> onLine) {
    this.process = process;
    this.listener = new Thread(() -> listen(onLine), "child");
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Starts it.
   *
   * @param shell what the shell does first, such as to set a limit; may be empty
   * @param onLine told of each line that it says
   */
  static Child start(
      String shell, Map<String, String> environment, Consumer<String> onLine, String... arguments) {
    return start(shell, environment, List.of(), onLine, arguments);
  }

  /** The same with options of Java. */
  static Child start(
      String shell,
      Map<String, String> environment,
      List<String> options,
      Consumer<String> onLine,
      String... arguments) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", shell + " exec \"$@\"", "sh"));
    command.addAll(ChildClasses.command());
    command.addAll(options);
    command.add(StoppingAtCommit.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return new Child(builder.start(), onLine);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** SIGTERM: it comes to its end by itself. */
  void stop() {
    process.destroy();
  }

  /** SIGKILL: it gets no moment more. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits until it has ended, by itself or killed. */
  int await() {
    try {
      int exit = process.waitFor();
      listener.join();
      return exit;
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String said() {
    return String.join("\n", said);
  }

  private void listen(Consumer<String> onLine) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        onLine.accept(line);
      }
    } catch (IOException e) {
      said.add("(said no more: " + e.getMessage() + ")");
    }
  }
}
