package io.okrsync.connector;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at the steps of a connector for what would only fail when it runs: jq that is not jq,
 * options {@code okr:} steps do not know, and settings that are used but not declared.
 */
final class StepsCheck {
  private static final Pattern SETTING = Pattern.compile("\\{\\{\\??([\\w.-]+)}}");
  private static final Pattern WITH = Pattern.compile("\\$with\\.(\\w+)");

  private final YamlPlace template;
  private final List<String> declared;
  private final Set<String> jqSettings;
  private final BiConsumer<YamlPlace, String> problem;

  StepsCheck(
      YamlPlace template,
      List<ConnectorProperty> properties,
      Set<String> jqSettings,
      BiConsumer<YamlPlace, String> problem) {
    this.template = template;
    this.declared = properties.stream().map(ConnectorProperty::name).toList();
    this.jqSettings = jqSettings;
    this.problem = problem;
  }

  void check() {
    template.walk(
        place -> {
          place.text().ifPresent(text -> checkSettings(place, text));
          place.at("jq").text().ifPresent(text -> checkJq(place.at("jq"), text));
          place.at("jq", "expression").text().ifPresent(text -> checkJq(place.at("jq"), text));
          place.at("uri").text().ifPresent(uri -> checkUri(place, uri));
        });
  }

  private void checkSettings(YamlPlace place, String text) {
    for (Pattern pattern : List.of(SETTING, WITH)) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        if (!declared.contains(matcher.group(1))) {
          problem.accept(
              place,
              "uses the setting '%s', which spec.definition.properties does not declare; declared: %s"
                  .formatted(matcher.group(1), String.join(", ", declared)));
        }
      }
    }
  }

  private void checkJq(YamlPlace place, String text) {
    try {
      JqProgram.check(text, jqSettings);
    } catch (JqProgram.Unusable e) {
      problem.accept(place, "is not jq: " + e.getMessage());
    }
  }

  private void checkUri(YamlPlace step, String uri) {
    if (!uri.startsWith("okr:")) {
      return;
    }
    if (!OkrComponent.STEPS.containsKey(uri.substring(4).replaceFirst("\\?.*", ""))) {
      problem.accept(
          step.at("uri"),
          "there is no step '%s'; known: okr:%s"
              .formatted(uri, String.join(", okr:", OkrComponent.STEPS.keySet())));
      return;
    }
    step.at("parameters")
        .each(
            (name, place) -> {
              if (uri.startsWith("okr:page") && !PageOptions.isKnown(name)) {
                problem.accept(place, PageOptions.unknown(name));
              }
              if (uri.startsWith("okr:sql") && !SqlProducer.OPTIONS.contains(name)) {
                problem.accept(place, SqlProducer.unknown(name));
              }
              if (uri.startsWith("okr:push") && !PushProducer.OPTIONS.contains(name)) {
                problem.accept(place, PushProducer.unknown(name));
              }
              if (uri.startsWith("okr:csv") && !CsvProducer.OPTIONS.contains(name)) {
                problem.accept(place, CsvProducer.unknown(name));
              }
            });
  }
}
