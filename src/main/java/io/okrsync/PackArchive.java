package io.okrsync;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okrsync.audit.CheckpointFile;
import io.okrsync.audit.CheckpointKey;
import io.okrsync.audit.Finding;
import io.okrsync.store.AuditHead;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** The files of an evidence pack, held against its signed manifest. */
final class PackArchive {
  private static final String MANIFEST = "manifest.json";
  private static final String SIGNATURE = "manifest.sig";

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<Finding> findings;

  PackArchive(InputStream in, List<Finding> findings) throws IOException {
    this.findings = findings;
    try (ZipInputStream zip = new ZipInputStream(in, UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (files.put(entry.getName(), zip.readAllBytes()) != null) {
          add(entry.getName(), "is in the archive twice");
        }
      }
    }
    if (files.isEmpty()) {
      throw new IOException("it is no zip archive, or an empty one");
    }
  }

  /** A file's lines. */
  List<String> lines(String name) {
    return text(name).lines().toList();
  }

  String text(String name) {
    byte[] file = files.get(name);
    if (file == null) {
      throw new IllegalArgumentException("it is missing");
    }
    return new String(file, UTF_8);
  }

  /**
   * Checks the manifest and the files it names.
   *
   * @param keys the ids of those that may have signed; empty where any may have
   * @return where the chain ends; empty where the manifest does not say it
   */
  Optional<AuditHead> check(Set<String> keys) {
    if (!files.containsKey(MANIFEST) || !files.containsKey(SIGNATURE)) {
      add(MANIFEST + " or " + SIGNATURE, "is missing");
      return Optional.empty();
    }
    try {
      checkSignature(keys);
      JsonLine manifest = JsonLine.of(text(MANIFEST));
      if (!EvidencePack.FORMAT.equals(manifest.content().get("format"))) {
        add(
            MANIFEST,
            "has the format %s, not %s"
                .formatted(manifest.content().get("format"), EvidencePack.FORMAT));
      }
      checkFiles(manifest.object("files"));
      JsonLine chain = manifest.object("chain");
      return Optional.of(new AuditHead(chain.number("sequence"), chain.text("hash")));
    } catch (RuntimeException broken) {
      add(MANIFEST + " or " + SIGNATURE, "cannot be read: " + broken.getMessage());
      return Optional.empty();
    }
  }

  /** The id of the key that signed the manifest; null where it cannot be told. */
  @Nullable String signer() {
    try {
      return CheckpointKey.idOf(JsonLine.of(text(SIGNATURE)).text("key"));
    } catch (RuntimeException broken) {
      return null; // which is a finding of the check
    }
  }

  private void checkSignature(Set<String> keys) {
    JsonLine signature = JsonLine.of(text(SIGNATURE));
    String key = signature.text("key");
    if (!CheckpointKey.isSigned(key, text(MANIFEST), signature.text("signature"))) {
      add(MANIFEST, "was changed after it was signed");
    } else if (!keys.isEmpty() && !keys.contains(CheckpointKey.idOf(key))) {
      add(SIGNATURE, CheckpointFile.signedBy(CheckpointKey.idOf(key), keys));
    }
  }

  private void checkFiles(JsonLine stated) {
    for (String name : stated.content().keySet()) {
      byte[] file = files.get(name);
      if (file == null) {
        add(name, "is missing from the archive");
      } else if (!HexFormat.of()
          .formatHex(PackFile.sha256().digest(file))
          .equals(stated.text(name))) {
        add(name, "is not the file that the manifest names");
      }
    }
    files.keySet().stream()
        .filter(it -> !stated.content().containsKey(it) && !it.startsWith("manifest."))
        .forEach(it -> add(it, "is not named by the manifest"));
  }

  private void add(String place, String what) {
    findings.add(new Finding(place, what));
  }
}
