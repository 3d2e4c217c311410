package io.okrsync.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.sync.SyncRun;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a receipt says beside the value, read from the very text that REST gives, so that the page
 * that is printed leaves nothing out.
 *
 * @param receipt its format
 * @param service the version that made it
 * @param configuration null where it is not stored any more
 * @param definition of the key result, such as {@code target 25}
 */
public record ReceiptView(
    String receipt,
    String service,
    @Nullable ConfigurationLine configuration,
    List<Fact> definition,
    List<InputLine> inputs,
    List<RunLine> runs) {

  private static final List<String> CYCLE = List.of("cycle", "from", "to", "zone", "tolerance");

  /** A name and what it is. */
  public record Fact(String name, String value) {}

  /** The configuration by which the value was computed. */
  public record ConfigurationLine(long version, String digest, Moment loadedAt) {}

  /**
   * What the formula was given, and what the records behind it come to.
   *
   * @param exact from when until when, to the microsecond
   * @param takes which keys it takes only; null where it takes all records
   * @param total how many records there are; null where that cannot be told any more
   * @param sum of the amounts of the records
   * @param digest over the records
   */
  public record InputLine(
      String name,
      String version,
      String window,
      String exact,
      @Nullable String takes,
      String records,
      Amount value,
      @Nullable String reason,
      @Nullable Long run,
      @Nullable String total,
      Amount sum,
      String digest) {}

  /**
   * A run, from where until where it read, and what it counted.
   *
   * @param facts such as {@code read 12}
   * @param definition its settings and its connector, as digests
   */
  public record RunLine(
      RunRow row,
      @Nullable Moment finishedAt,
      @Nullable Moment since,
      @Nullable Moment until,
      List<Fact> facts,
      String definition,
      String versions) {}

  static ReceiptView of(String json, List<SyncRun> runs, Moments moments) {
    JsonNode receipt = Json.read(json);
    JsonNode configuration = receipt.path("configuration");
    List<InputLine> inputs = new ArrayList<>();
    JsonNode read = receipt.path("sealed").path("inputs");
    for (int i = 0; i < read.size(); i++) {
      inputs.add(input(read.get(i), receipt.path("populations").path(i), moments));
    }
    return new ReceiptView(
        receipt.path("receipt").asText(),
        receipt.path("service").asText(),
        configuration.isObject()
            ? new ConfigurationLine(
                configuration.path("version").asLong(),
                configuration.path("digest").asText(),
                moments.at(Instant.parse(configuration.path("loadedAt").asText())))
            : null,
        definition(receipt.path("keyResult")),
        inputs,
        runs.stream()
            .flatMap(
                each -> of(each, receipt.path("runs")).stream().map(its -> run(its, each, moments)))
            .toList());
  }

  /** Of what cycle it is, then what it is to reach. */
  private static List<Fact> definition(JsonNode keyResult) {
    List<Fact> facts = facts(keyResult, List.of("formula", "title", "owner"));
    return Stream.concat(
            CYCLE.stream().flatMap(name -> facts.stream().filter(each -> each.name().equals(name))),
            facts.stream().filter(each -> !CYCLE.contains(each.name())))
        .map(each -> each.name().equals("tolerance") ? percent(each) : each)
        .toList();
  }

  private static Fact percent(Fact share) {
    BigDecimal hundredths = new BigDecimal(share.value()).movePointRight(2);
    return new Fact(share.name(), Figures.exact(hundredths) + "%");
  }

  private static Optional<JsonNode> of(SyncRun run, JsonNode all) {
    return StreamSupport.stream(all.spliterator(), false)
        .filter(each -> each.path("id").asLong() == run.id())
        .findFirst();
  }

  private static InputLine input(JsonNode input, JsonNode population, Moments moments) {
    Instant from = Instant.parse(input.path("from").asText());
    Instant to = Instant.parse(input.path("to").asText());
    return new InputLine(
        input.path("name").asText(),
        input.path("version").asText(),
        moments.window(from, to),
        from + " – " + to,
        takes(population),
        RunRow.count(input.path("records").asLong()),
        amount(input.path("value")),
        text(input.path("reason")),
        input.path("run").isNumber() ? input.path("run").asLong() : null,
        population.has("records") ? RunRow.count(population.path("records").asLong()) : null,
        amount(population.path("sum")),
        population.path("digest").asText());
  }

  private static @Nullable String takes(JsonNode population) {
    List<Fact> told = facts(population, List.of("input", "records", "sum", "digest", "unknown"));
    return told.isEmpty()
        ? null
        : told.stream()
            .map(each -> each.name() + " " + each.value())
            .collect(Collectors.joining(", "));
  }

  private static RunLine run(JsonNode run, SyncRun stored, Moments moments) {
    List<String> apart =
        List.of(
            "id",
            "source",
            "outcome",
            "startedAt",
            "finishedAt",
            "since",
            "until",
            "definition",
            "versions");
    return new RunLine(
        RunRow.of(stored, moments),
        moment(run.path("finishedAt"), moments),
        moment(run.path("since"), moments),
        moment(run.path("until"), moments),
        facts(run, apart),
        run.path("definition").asText(""),
        run.path("versions").asText(""));
  }

  /** All that it says but these; what is not known is left out. */
  private static List<Fact> facts(JsonNode node, List<String> apart) {
    List<Fact> facts = new ArrayList<>();
    node.properties()
        .forEach(
            each -> {
              JsonNode value = each.getValue();
              boolean empty =
                  value.isNull()
                      || (value.isArray() && value.isEmpty())
                      || (value.isTextual() && value.asText().isEmpty());
              if (!apart.contains(each.getKey()) && !empty) {
                facts.add(
                    new Fact(
                        each.getKey(), value.isValueNode() ? value.asText() : value.toString()));
              }
            });
    return facts;
  }

  private static @Nullable Moment moment(JsonNode at, Moments moments) {
    return at.isTextual() ? moments.at(Instant.parse(at.asText())) : null;
  }

  private static Amount amount(JsonNode value) {
    return Amount.exact(value.isTextual() ? new BigDecimal(value.asText()) : null, "");
  }

  private static @Nullable String text(JsonNode value) {
    return value.isTextual() ? value.asText() : null;
  }
}
