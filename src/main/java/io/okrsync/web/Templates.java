package io.okrsync.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Turns a view into HTML by the template of its name in {@code src/main/jte}. */
final class Templates {
  private static final String PACKAGE = "io.okrsync.web.template";

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, PACKAGE);

  String render(String name, Frame frame, Object view) {
    StringOutput page = new StringOutput(16_384);
    engine.render(name + ".jte", Map.of("frame", frame, "view", view), page);
    return page.toString();
  }
}
