package io.okrsync.web;

import io.okrsync.okr.KeyResult;
import org.jspecify.annotations.Nullable;

/** What all pages have in common: the frame around each, and the times in it. */
final class Layout {
  private final Site site;
  private final Templates templates = new Templates();

  Layout(Site site) {
    this.site = site;
  }

  Answer page(int status, String template, String title, String section, Object view) {
    return Answer.html(status, templates.render(template, Frame.of(site, title, section), view));
  }

  Answer missing(String text) {
    return page(404, "notice", "Not found", "", new Notice("Not found", text));
  }

  Moments moments() {
    return new Moments(site.now(), site.zone());
  }

  /** Where its cycle is; those of the pages where it is not known. */
  Moments moments(@Nullable KeyResult keyResult) {
    return keyResult == null ? moments() : new Moments(site.now(), keyResult.cycle().zone());
  }
}
