package io.okrsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.CheckpointKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Evidence packs taken apart, put together again, and checked by the independent verifier. */
final class Packs {
  static final Path VERIFIER = Path.of("src/verifier/Verify.java");
  private static final Method CHECK = compiled();

  private Packs() {}

  /** With a manifest that names the files as they are, signed by the right key. */
  static Map<String, byte[]> signedAnew(Map<String, byte[]> files, Path signer) throws Exception {
    CheckpointKey key = CheckpointKey.in(signer);
    String manifest = new String(requireNonNull(files.get("manifest.json")), UTF_8);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String name = file.getKey().replace(".", "\\.");
      manifest =
          manifest.replaceFirst(
              "\"" + name + "\":\"[0-9a-f]+\"",
              "\"" + name + "\":\"" + sha256(file.getValue()) + "\"");
    }
    Map<String, byte[]> signed = new LinkedHashMap<>(files);
    signed.put("manifest.json", manifest.getBytes(UTF_8));
    String signature =
        "{\"key\":\"%s\",\"signature\":\"%s\"}\n".formatted(key.publicKey(), key.sign(manifest));
    signed.put("manifest.sig", signature.getBytes(UTF_8));
    return signed;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return java.util.HexFormat.of()
        .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  static List<String> independent(byte[] pack, @Nullable String keyId)
      throws ReflectiveOperationException {
    return independent(pack, keyId, null);
  }

  @SuppressWarnings("unchecked")
  static List<String> independent(byte[] pack, @Nullable String keyId, @Nullable Path kept)
      throws ReflectiveOperationException {
    var maker = CHECK.getDeclaringClass().getDeclaredConstructor();
    maker.setAccessible(true);
    return (List<String>) CHECK.invoke(maker.newInstance(), pack, keyId, kept);
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
              .getDeclaredMethod("check", byte[].class, String.class, Path.class);
      method.setAccessible(true);
      return method;
    } catch (IOException | ReflectiveOperationException failure) {
      throw new IllegalStateException(failure);
    }
  }

  static byte[] zipped(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return bytes.toByteArray();
  }

  static Map<String, byte[]> unzipped(byte[] pack) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(pack))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }
}
