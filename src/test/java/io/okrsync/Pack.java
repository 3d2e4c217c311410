package io.okrsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.CheckpointKey;
import io.okrsync.audit.Finding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * An evidence pack taken apart, to be changed, put together again, and checked by both verifiers.
 *
 * @param signer the file of the key that signed it
 */
record Pack(Map<String, byte[]> files, Path signer) {
  static final Path VERIFIER = Path.of("src/verifier/Verify.java");
  private static final Method CHECK = compiled();

  /** Written now, to this file. */
  static Pack exported(Workspace workspace, Path to) {
    Workspace.Said said = workspace.run("export", "evidence", "--to", to.toString());
    assertThat(said.exit()).as(said.all()).isZero();
    try {
      return new Pack(unzipped(Files.readAllBytes(to)), workspace.data().resolve("checkpoint.key"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String keyId() {
    try {
      return CheckpointKey.in(signer).id();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String text(String name) {
    return new String(requireNonNull(files.get(name)), UTF_8);
  }

  /** The file of a measure's population. */
  String population(String measure) {
    return text("measures.jsonl")
        .lines()
        .filter(it -> it.contains("\"name\":\"" + measure + "\""))
        .map(it -> it.replaceFirst(".*\"population\":\"([^\"]+)\".*", "$1"))
        .findFirst()
        .orElseThrow();
  }

  /** With one file changed, and nothing signed anew. */
  Pack with(String name, UnaryOperator<String> change) {
    String changed = change.apply(text(name));
    assertThat(changed).as("nothing was changed in " + name).isNotEqualTo(text(name));
    return with(name, changed);
  }

  Pack with(String name, String text) {
    Map<String, byte[]> changed = new LinkedHashMap<>(files);
    changed.put(name, text.getBytes(UTF_8));
    return new Pack(changed, signer);
  }

  Pack without(String name) {
    Map<String, byte[]> left = new LinkedHashMap<>(files);
    left.remove(name);
    return new Pack(left, signer);
  }

  /** With a manifest that names the files as they are, signed by the right key. */
  Pack signedAnew() {
    return signedAnew(signer);
  }

  Pack signedAnew(Path by) {
    try {
      CheckpointKey key = CheckpointKey.in(by);
      String manifest = text("manifest.json");
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        String name = file.getKey().replace(".", "\\.");
        manifest =
            manifest.replaceFirst(
                "\"" + name + "\":\"[0-9a-f]+\"",
                "\"" + name + "\":\"" + sha256(file.getValue()) + "\"");
      }
      String signature =
          "{\"key\":\"%s\",\"signature\":\"%s\"}\n".formatted(key.publicKey(), key.sign(manifest));
      return new Pack(
          with("manifest.json", manifest).with("manifest.sig", signature).files, signer);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The cells of a CSV file that may be others though the right key signed: neither names them. */
  List<String> unnoticedCells(String name) {
    List<String> lines = text(name).lines().toList();
    List<String> unnoticed = new ArrayList<>();
    for (int line = 0; line < lines.size(); line++) {
      String[] cells = lines.get(line).split(",", -1);
      for (int cell = 0; cell < cells.length; cell++) {
        String[] others = cells.clone();
        others[cell] = another(cells[cell]);
        List<String> changed = new ArrayList<>(lines);
        changed.set(line, String.join(",", others));
        if (with(name, String.join("\n", changed) + "\n").signedAnew().findings().isEmpty()) {
          unnoticed.add(changed.get(line));
        }
      }
    }
    return unnoticed;
  }

  /** Of a moment another moment, of a number another number, and so on. */
  static String another(String text) {
    if (text.matches("\\d{4}-\\d\\d-\\d\\dT.*")) {
      return Instant.parse(text).plusSeconds(1).toString();
    }
    return text.matches("[0-9.]*") ? text + "1" : text + "x";
  }

  /** What is found where the right key is known. */
  List<String> findings() {
    return findings(keyId());
  }

  /** What the independent verifier finds; the product must name the same places. */
  List<String> findings(@Nullable String key) {
    List<String> findings = independent(key);
    List<Finding> own = own(key).findings();
    assertThat(own.stream().map(Finding::place).distinct())
        .as("%s%nand%n%s", findings, own)
        .containsExactlyInAnyOrderElementsOf(
            findings.stream().map(it -> it.replaceFirst("(?s): .*", "")).distinct().toList());
    return findings;
  }

  Verification.Report own(@Nullable String key) {
    try {
      return new PackCheck()
          .run(new ByteArrayInputStream(zipped()), key == null ? Set.of() : Set.of(key), null);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @SuppressWarnings("unchecked")
  private List<String> independent(@Nullable String key) {
    try {
      var maker = CHECK.getDeclaringClass().getDeclaredConstructor();
      maker.setAccessible(true);
      return (List<String>)
          CHECK.invoke(maker.newInstance(), zipped(), key == null ? Set.of() : Set.of(key), null);
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The verifier compiled by itself. */
  private static Method compiled() {
    try {
      Path classes = Files.createDirectories(Path.of("target/verifier"));
      int exit =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, "--release", "17", "-d", classes.toString(), VERIFIER + "");
      assertThat(exit).isZero();
      URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null);
      Method method =
          loader
              .loadClass("Verify")
              .getDeclaredMethod("check", byte[].class, Set.class, Path.class);
      method.setAccessible(true);
      return method;
    } catch (IOException | ReflectiveOperationException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Started as an auditor would, with these arguments after the pack's file. */
  static Workspace.Said verifier(Path pack, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(VERIFIER.toString(), pack.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Workspace.Said(process.waitFor(), said, "");
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  byte[] zipped() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> unzipped(byte[] pack) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(pack))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(PackFile.sha256().digest(bytes));
  }
}
