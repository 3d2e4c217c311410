package io.okrsync.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A configuration that was loaded, with the text of its files. Nothing changes it. */
@Entity
@Table(name = "config_version")
final class StoredConfiguration {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  private String digest;
  private Instant loadedAt;
  private String files;
  private String defined;

  @SuppressWarnings("NullAway.Init")
  StoredConfiguration() {}

  StoredConfiguration(String digest, Map<String, String> files, String defined, Instant at) {
    this.digest = digest;
    this.loadedAt = at;
    this.defined = defined;
    this.files = Json.MAPPER.valueToTree(new TreeMap<>(files)).toString();
  }

  long id() {
    return Objects.requireNonNull(id, "a configuration has an id once it is stored");
  }

  boolean has(String otherDigest) {
    return digest.equals(otherDigest);
  }

  ConfigurationText asText() {
    Map<String, String> texts = new TreeMap<>();
    try {
      Json.MAPPER
          .readTree(files)
          .properties()
          .forEach(file -> texts.put(file.getKey(), file.getValue().textValue()));
    } catch (JsonProcessingException broken) {
      texts.clear(); // its digest says that it is not what it was
    }
    return new ConfigurationText(id(), digest, loadedAt, texts, defined);
  }

  /** When it was loaded. */
  Instant loadedAt() {
    return loadedAt;
  }

  /** Its files as a JSON object, text by name. */
  String files() {
    return files;
  }
}
