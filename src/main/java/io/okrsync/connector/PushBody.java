package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Collectors;

/** Reads what was sent, and refuses it as a whole where a part of it cannot be used. */
final class PushBody {
  static final int MOST_RECORDS = 10_000;
  private static final int TOLD = 5;

  private PushBody() {}

  static JsonNode read(byte[] body, Source source) {
    try {
      return Json.readStrictly(body);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " (line %d, column %d)"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw unusable(source, "the body is no JSON" + where + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw unusable(source, "the body is no JSON: it is not UTF-8");
    }
  }

  static boolean isComplete(JsonNode sent, Source source) {
    JsonNode complete = sent.path("complete");
    if (!complete.isMissingNode() && !complete.isBoolean()) {
      throw unusable(source, "'complete' must be true or false");
    }
    return complete.asBoolean(false);
  }

  /** One push is one page; a sender can correct what is wrong, and must then be told of it. */
  static Page requireUsable(Page page, Source source) {
    if (page.read() > MOST_RECORDS) {
      throw unusable(
          source,
          "%,d records are more than the %,d that a push may have; send them in parts"
              .formatted(page.read(), MOST_RECORDS));
    }
    if (!page.rejections().isEmpty()) {
      String first =
          page.rejections().stream()
              .limit(TOLD)
              .map(it -> "%s: %s".formatted(it.id(), it.why()))
              .collect(Collectors.joining("; "));
      throw unusable(
          source,
          "%d of %d records cannot be read as a %s: %s"
              .formatted(page.rejections().size(), page.read(), source.kind().label(), first));
    }
    return page;
  }

  private static SourceFailure unusable(Source source, String why) {
    return new SourceFailure(
        ASK_ADMIN,
        "Source '%s' sent what cannot be used: %s"
            .formatted(source.name(), why.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ")),
        null,
        null);
  }
}
