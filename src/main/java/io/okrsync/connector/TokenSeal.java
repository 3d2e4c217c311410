package io.okrsync.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what is kept of tokens (AES-256 in GCM), so that neither the database nor a backup of it
 * gives them away. The key is in a file that only its owner may read, made when it is first needed.
 */
final class TokenSeal {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Null for a key that is forgotten with the process. */
  private final @Nullable Path file;

  private byte @Nullable [] key;

  TokenSeal(@Nullable Path file) {
    this.file = file;
  }

  /**
   * @param source which source it is for; it opens for no other
   */
  String seal(String text, String source) {
    byte[] nonce = random(NONCE_BYTES);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, source).doFinal(text.getBytes(UTF_8));
      byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
      return Base64.getEncoder().encodeToString(both);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has AES in GCM", impossible);
    }
  }

  /** What was sealed; null when it was sealed with another key, for another source, or changed. */
  @Nullable String open(String sealed, String source) {
    try {
      byte[] both = Base64.getDecoder().decode(sealed);
      byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, source);
      return new String(
          cipher.doFinal(both, NONCE_BYTES, Math.max(0, both.length - NONCE_BYTES)), UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException other) {
      return null;
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String source) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(source.getBytes(UTF_8));
    return cipher;
  }

  private synchronized byte[] key() {
    if (key == null) {
      key = file == null ? random(KEY_BYTES) : inFile(file);
    }
    return key;
  }

  private static byte[] inFile(Path file) {
    try {
      if (Files.notExists(file)) {
        make(file);
      }
      byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
      if (key.length == KEY_BYTES) {
        return key;
      }
    } catch (IOException | IllegalArgumentException broken) {
      // Said below, without what is in the file.
    }
    throw new UnusableKey(
        "cannot keep its tokens: %s holds no key of OKR Sync, or may not be read or made; put the right file there, or remove it and authorise the source anew"
            .formatted(file));
  }

  /**
   * To be thrown when what was sealed must be opened and does not open. Another file may be put in
   * the place of this one meanwhile.
   *
   * @param otherwise what helps where the right key is lost
   */
  synchronized UnusableKey otherKey(String otherwise) {
    key = file == null ? key : null;
    return new UnusableKey(
        "cannot open its tokens: they were sealed with another key than the one in %s; put the right file there, or where that is lost, %s"
            .formatted(file, otherwise));
  }

  /** There is no key, none can be made, or it is not the right one. */
  static final class UnusableKey extends RuntimeException {
    UnusableKey(String message) {
      super(message);
    }
  }

  private static void make(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    FileAttribute<?>[] ownerOnly =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Files.createFile(file, ownerOnly);
    Files.writeString(file, Base64.getEncoder().encodeToString(random(KEY_BYTES)) + "\n");
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }
}
