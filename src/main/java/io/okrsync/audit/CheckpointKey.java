package io.okrsync.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/**
 * The key that signs checkpoints: two lines of Base64 in a file that only its owner may read, the
 * public half and the private half. Made when it is first needed.
 */
public final class CheckpointKey {
  private static final int SIGNATURE_BYTES = 64;

  private final String publicKey;
  private final PrivateKey privateKey;

  private CheckpointKey(String publicKey, PrivateKey privateKey) {
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  /**
   * The key in this file, which is made when it is missing.
   *
   * @throws IOException when the file cannot be used; the message says why, and never what is in it
   */
  public static CheckpointKey in(Path file) throws IOException {
    if (Files.notExists(file)) {
      make(file);
    }
    List<String> lines = Files.readAllLines(file);
    try {
      byte[] secret = Base64.getDecoder().decode(lines.get(1));
      CheckpointKey key =
          new CheckpointKey(
              lines.get(0),
              KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(secret)));
      if (isSigned(key.publicKey, "both halves", key.sign("both halves"))) {
        return key;
      }
    } catch (GeneralSecurityException | RuntimeException broken) {
      // it is none
    }
    throw new IOException(file + " holds no key of OKR Sync; put the right file there");
  }

  /** The public half. */
  public String publicKey() {
    return publicKey;
  }

  /** What people compare. */
  public String id() {
    return idOf(publicKey);
  }

  /** The first 16 digits of the SHA-256 of a public key. */
  public static String idOf(String publicKey) {
    return CanonicalJson.digest(publicKey).substring(0, 16);
  }

  /** Whether the owner of a public key has signed exactly this text. */
  public static boolean isSigned(String publicKey, String text, String signature) {
    try {
      byte[] encoded = Base64.getDecoder().decode(publicKey);
      PublicKey owner =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(owner);
      check.update(text.getBytes(UTF_8));
      byte[] signed = Base64.getDecoder().decode(signature);
      // Java takes a longer one for the same, and one whose last character has bits set that say
      // nothing.
      return signed.length == SIGNATURE_BYTES
          && Base64.getEncoder().encodeToString(signed).equals(signature)
          && check.verify(signed);
    } catch (GeneralSecurityException | IllegalArgumentException broken) {
      return false;
    }
  }

  /**
   * Signs that the chain ended with this entry.
   *
   * @param previous the digest of the checkpoint before
   */
  public Checkpoint sign(long sequence, String hash, String previous, Instant now, String service) {
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    String unsigned = Checkpoint.unsigned(sequence, hash, previous, at, service, publicKey);
    return new Checkpoint(sequence, hash, previous, at, service, publicKey, sign(unsigned));
  }

  /** The signature of a text's UTF-8 bytes, in Base64. */
  public String sign(String text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Java has Ed25519 since 15", impossible);
    }
  }

  /** A file that is there holds a whole key, whenever the process is killed. */
  private static void make(Path file) throws IOException {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      Base64.Encoder base64 = Base64.getEncoder();
      String text =
          base64.encodeToString(pair.getPublic().getEncoded())
              + "\n"
              + base64.encodeToString(pair.getPrivate().getEncoded())
              + "\n";
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path half = Files.createTempFile(folder, ".key", "", ownerOnly(file));
      try {
        Files.writeString(half, text);
        Files.move(half, file);
      } catch (FileAlreadyExistsException madeMeanwhile) {
        // that one is the key
      } finally {
        Files.deleteIfExists(half);
      }
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Java has Ed25519 since 15", impossible);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
