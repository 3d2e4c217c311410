package io.okrsync;

import io.okrsync.config.CatalogueFolder;
import io.okrsync.config.CatalogueFolder.Copy;
import io.okrsync.config.CatalogueFolder.Offer;
import io.okrsync.web.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catalogue}: ready key results, and one of them with all that has to be copied. */
@Command(
    name = "catalogue",
    description = "Lists ready key results, or shows one with its measures, to copy.")
final class CatalogueCommand implements Callable<Integer> {
  @Parameters(paramLabel = "KEYRESULT", arity = "0..1", description = "which one (default: list)")
  @Nullable String id;

  @Mixin Folders folders = new Folders();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Path folder = folders.config.resolve("catalogue");
    try {
      return show(CatalogueFolder.read(folder), spec.commandLine().getOut());
    } catch (IOException e) {
      return refuse(
          "%s could not be read; it comes with okr-sync, in the folder config: name that with --config"
              .formatted(folder));
    }
  }

  private int show(CatalogueFolder catalogue, PrintWriter out) {
    if (id == null) {
      list(catalogue.offers(), out);
      return Main.OK;
    }
    String chosen = id;
    return catalogue
        .copy(chosen)
        .map(copy -> show(chosen, copy, out))
        .orElseGet(
            () ->
                refuse(
                    "the catalogue has no key result '%s'; %s"
                        .formatted(chosen, catalogue.hint(chosen))));
  }

  private void list(List<Offer> offers, PrintWriter out) {
    if (folders.json) {
      out.println(Json.write(Map.of("items", offers)));
      return;
    }
    offers.forEach(it -> out.printf("%-28s %-26s %s%n", it.id(), it.file(), it.title()));
  }

  private int show(String chosen, Copy copy, PrintWriter out) {
    if (folders.json) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("id", chosen);
      shown.put("keyResult", copy.keyResult());
      shown.put("definitions", copy.definitions());
      shown.put("measures", copy.measures());
      shown.put("sources", copy.sources());
      out.println(Json.write(shown));
      return Main.OK;
    }
    part("okrs/, below keyResults of an objective", List.of(copy.keyResult()), out);
    part("measures.yaml, below definitions", copy.definitions(), out);
    part("measures.yaml, below measures; let 'from' name a source of yours", copy.measures(), out);
    part("sources.yaml: what the measures are taken from here", copy.sources(), out);
    return Main.OK;
  }

  private static void part(String where, List<String> blocks, PrintWriter out) {
    if (!blocks.isEmpty()) {
      out.printf("# --- %s%n", where);
      blocks.forEach(out::print);
      out.println();
    }
  }

  private int refuse(String message) {
    spec.commandLine().getErr().println(message);
    if (folders.json) {
      spec.commandLine().getOut().println(Json.write(Map.of("error", message)));
    }
    return Main.REFUSED;
  }
}
