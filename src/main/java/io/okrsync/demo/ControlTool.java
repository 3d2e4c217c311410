package io.okrsync.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The demo's own controls. {@code GET /demo/state} tells how much there is and whether the world
 * stands still; {@code POST /demo/pause} and {@code POST /demo/resume} stop it and let it go on,
 * and answer the same.
 */
final class ControlTool implements Tool {
  private static final String ABOUT =
      """
      GET  /demo/state   what is there now
      POST /demo/pause   nothing happens any more
      POST /demo/resume  life goes on where it stopped
      """;

  private final World world;

  ControlTool(World world) {
    this.world = world;
  }

  @Override
  public String name() {
    return "The demo's controls";
  }

  @Override
  public Reply answer(Request request) {
    return switch (request.method() + " " + request.path()) {
      case "GET /" -> AboutPage.about(name(), ABOUT);
      case "GET /demo/state" -> state();
      case "POST /demo/pause" -> {
        world.pause();
        yield state();
      }
      case "POST /demo/resume" -> {
        world.resume();
        yield state();
      }
      default -> Reply.json(404, Json.object().put("error", "See / for what can be asked here"));
    };
  }

  @Override
  public Reply throttled() {
    return unavailable();
  }

  @Override
  public Reply unavailable() {
    return Reply.json(503, Json.object().put("error", "Not available"));
  }

  private Reply state() {
    ObjectNode state =
        Json.object()
            .put("paused", world.paused())
            .put("seed", world.seed())
            .put("startedAt", world.startedAt().toString())
            .put("now", world.time().toString())
            .put("happened", world.happened());
    ObjectNode deals = state.putObject("deals");
    counts(world.deals(), ControlTool::standing).forEach(deals::put);
    state.put("campaigns", world.campaigns().size());
    ObjectNode issues = state.putObject("issues");
    counts(world.issues(), Issue::categoryKey).forEach(issues::put);
    return Reply.json(200, state);
  }

  private static String standing(Deal deal) {
    return deal.deletedAt() == null ? deal.status().label() : "deleted";
  }

  private static <T> Map<String, Long> counts(Collection<T> records, Function<T, String> by) {
    return records.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
  }
}
