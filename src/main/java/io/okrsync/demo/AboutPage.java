package io.okrsync.demo;

/** The page at {@code /} of each server: what it is, and what can be asked. */
final class AboutPage {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <title>%1$s</title>
      <style>body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 44rem }</style>
      <h1>%1$s</h1>
      <p>This server belongs to the demo of OKR Sync. Everybody and everything in its data is made
      up.</p>
      <pre>%2$s</pre>
      """;

  private AboutPage() {}

  static Reply about(String title, String whatCanBeAsked) {
    return Reply.html(200, PAGE.formatted(title, whatCanBeAsked.strip()));
  }
}
