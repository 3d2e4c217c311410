package io.okrsync.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Holds the answers against the vendors' own API descriptions, which lie beside the project and are
 * not part of it. A null is left out before: the descriptions name no type for it where the vendors
 * send one. Fields that the descriptions do not know are allowed, for the vendors send such too.
 */
class VendorDescriptionTest {
  private static final Path DESCRIPTIONS = Path.of("../shared/vendor-apis");

  private final SettableClock clock = new SettableClock();
  private final DemoTools tools = DemoTools.startUndisturbed(clock, 7);
  private final VendorClient client = new VendorClient(tools);

  @BeforeEach
  void descriptions_are_there() {
    clock.pass(Duration.ofMinutes(30));
    tools.pause();
    boolean there = Files.isDirectory(DESCRIPTIONS);
    assertThat(there || !"true".equals(System.getenv("CI")))
        .as("%s is needed where CI=true", DESCRIPTIONS)
        .isTrue();
    assumeTrue(there, "the vendors' descriptions are not at " + DESCRIPTIONS);
  }

  @AfterEach
  void close() {
    tools.close();
  }

  @Test
  void pipedrive_answers_as_described() {
    var vendor = description("pipedrive");
    String everything = "open,won,lost,deleted";

    check(vendor, "/api/v2/deals", client.pipedrive("/api/v2/deals", "status", everything));
    check(vendor, "/api/v2/deals", client.pipedrive("/api/v2/deals", "status", "deleted"));
    check(vendor, "/api/v2/pipelines", client.pipedrive("/api/v2/pipelines"));
    check(vendor, "/api/v2/stages", client.pipedrive("/api/v2/stages"));
  }

  @Test
  void mailchimp_answers_as_described() {
    var vendor = description("mailchimp");

    check(vendor, "/3.0/reports", client.mailchimp("/3.0/reports", "count", "1000"));
    check(vendor, "/3.0/reports", client.mailchimp("/3.0/reports", "count", "too many"));
  }

  @Test
  void jira_answers_as_described() {
    var vendor = description("jira");
    String search = "/rest/api/3/search/jql";

    check(vendor, search, client.jira(search, "jql", "project = APP"));
    check(
        vendor,
        search,
        client.jira(search, "jql", "project in (APP, PLT)", "fields", "*all", "maxResults", "100"));
    check(vendor, "/rest/api/3/myself", client.jira("/rest/api/3/myself"));
    check(vendor, "/rest/api/3/field", client.jira("/rest/api/3/field"));
  }

  private static OpenApiInteractionValidator description(String vendor) {
    return OpenApiInteractionValidator.createForSpecificationUrl(
            DESCRIPTIONS.resolve(vendor).resolve("openapi.json").toString())
        .withLevelResolver(
            LevelResolver.create()
                .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                .build())
        .build();
  }

  private static void check(
      OpenApiInteractionValidator vendor, String path, VendorClient.Answer answer) {
    JsonNode body = answer.json();
    withoutNulls(body);
    SimpleResponse response =
        SimpleResponse.Builder.status(answer.status())
            .withContentType(answer.headers().firstValue("Content-Type").orElse(""))
            .withBody(body.toString())
            .build();
    ValidationReport report = vendor.validateResponse(path, Request.Method.GET, response);
    assertThat(report.getMessages()).extracting(Message::getMessage).as(path).isEmpty();
  }

  private static void withoutNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List.copyOf(object.properties()).stream()
          .filter(field -> field.getValue().isNull())
          .forEach(field -> object.remove(field.getKey()));
    }
    node.forEach(VendorDescriptionTest::withoutNulls);
  }
}
