package io.okrsync;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class path of this test, as another process loads it soonest: its folders as jars, and the
 * classes of a start in an archive, which is made once. It halves the work of each start.
 */
final class ChildClasses {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private static final List<String> QUICKLY =
      List.of(
          "-Xmx256m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "-Xlog:disable");

  private static List<String> command = List.of();

  private ChildClasses() {}

  /** How Java is started, but for the options and the class that come next. */
  static synchronized List<String> command() {
    if (command.isEmpty()) {
      command = prepared();
    }
    return command;
  }

  private static List<String> prepared() {
    try {
      Path folder = Files.createTempDirectory("okr-sync-child");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      List<String> classPath = List.of("-cp", jars(folder));
      Path archive = folder.resolve("classes.jsa");
      // Where none can be made, everything works the same, only later.
      archive(List.of("-XX:ArchiveClassesAtExit=" + archive), classPath, folder);
      return java(List.of("-XX:SharedArchiveFile=" + archive), classPath);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void archive(List<String> option, List<String> classPath, Path folder)
      throws IOException, InterruptedException {
    List<String> demo = java(option, classPath);
    demo.add(StoppingAtCommit.class.getName());
    demo.addAll(List.of("demo", "--once", "--port", "0"));
    demo.addAll(List.of("--data", folder.resolve("data").toString()));
    new ProcessBuilder(demo)
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static List<String> java(List<String> option, List<String> classPath) {
    List<String> all = new ArrayList<>(List.of(JAVA.toString()));
    Stream.of(QUICKLY, option, classPath).forEach(all::addAll);
    return all;
  }

  /** The class path without folders, whose classes no archive takes. */
  private static String jars(Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      Path path = Path.of(entry);
      jars.add(Files.isDirectory(path) ? jar(path, folder, jars.size()).toString() : entry);
    }
    return String.join(java.io.File.pathSeparator, jars);
  }

  private static Path jar(Path classes, Path folder, int number) throws IOException {
    Path jar = folder.resolve(number + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> all = Files.walk(classes)) {
      entries.setLevel(0);
      for (Path path : all.filter(it -> !it.equals(classes)).sorted().toList()) {
        boolean isFolder = Files.isDirectory(path); // by these, migrations are found
        String name = classes.relativize(path).toString().replace('\\', '/');
        entries.putNextEntry(new JarEntry(isFolder ? name + "/" : name));
        if (!isFolder) {
          Files.copy(path, entries);
        }
        entries.closeEntry();
      }
    }
    return jar;
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes what)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path emptied, @org.jspecify.annotations.Nullable IOException failure)
                throws IOException {
              Files.delete(emptied);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
