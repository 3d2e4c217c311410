package io.okrsync.connector;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import io.okrsync.connector.VendorServer.Asked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/**
 * A vendor's own description of its API. It is kept beside the project, not in it; where it is
 * missing, tests that need it are skipped, except in CI.
 */
final class VendorDescription {
  private static final Path FOLDER = Path.of("../shared/vendor-apis");
  private static final Map<String, OpenApiInteractionValidator> READ = new ConcurrentHashMap<>();

  private final OpenApiInteractionValidator validator;

  private VendorDescription(OpenApiInteractionValidator validator) {
    this.validator = validator;
  }

  /** A file below {@code vendor-apis}. */
  static Path file(String name) {
    Path file = FOLDER.resolve(name);
    boolean required = "true".equals(System.getenv("CI"));
    Assumptions.assumeTrue(
        required || Files.exists(file), "needs " + file + ", which is not beside this project");
    return file;
  }

  static VendorDescription of(String name) {
    Path file = file(name);
    return new VendorDescription(
        READ.computeIfAbsent(
            name,
            key ->
                OpenApiInteractionValidator.createForSpecificationUrl(
                        file.toAbsolutePath().normalize().toString())
                    .build()));
  }

  /** What the vendor would not accept in this request. */
  List<String> problems(Asked asked) {
    SimpleRequest.Builder request =
        new SimpleRequest.Builder(asked.method(), asked.uri().getPath());
    asked.query().forEach(request::withQueryParam);
    asked.headers().forEach((name, values) -> request.withHeader(name, values));
    if (!asked.body().isEmpty()) {
      request.withBody(asked.body());
    }
    return validator.validateRequest(request.build()).getMessages().stream()
        .map(Message::toString)
        .toList();
  }
}
