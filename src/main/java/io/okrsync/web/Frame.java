package io.okrsync.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is around every page.
 *
 * @param section which entry of the navigation it belongs to: objectives, runs, or nothing
 * @param banner a line above the page; null for none
 * @param storeProblem why nothing can be stored; null where something can
 * @param problems what is wrong with the configuration on disk
 * @param connectorProblems what is wrong with connector files, where the page is about sources
 * @param now when the page was made, in the zone of its other times
 * @param style where the style sheet is
 */
public record Frame(
    String title,
    String section,
    @Nullable String banner,
    @Nullable String storeProblem,
    List<String> problems,
    List<String> connectorProblems,
    Moment now,
    String zone,
    String style,
    String script,
    String icon) {
  private static final String SOURCES = "runs";

  static Frame of(Site site, String title, String section) {
    return new Frame(
        title,
        section,
        site.banner(),
        site.storeProblem(),
        site.configurationProblems(),
        section.equals(SOURCES) ? site.connectorProblems() : List.of(),
        new Moments(site.now(), site.zone()).at(site.now()),
        site.zone().getId(),
        Assets.STYLE.address(),
        Assets.SCRIPT.address(),
        Assets.ICON.address());
  }
}
