package io.okrsync.demo;

/** The page at {@code /} of each server: that it is a simulation, and what can be asked. */
final class AboutPage {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <title>%1$s (simulated)</title>
      <style>body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 44rem }</style>
      <h1>%1$s (simulated)</h1>
      <p>This server belongs to the demo of OKR Sync. It speaks like %1$s; everybody and everything
      in its data is made up.</p>
      <pre>%2$s</pre>
      """;

  private AboutPage() {}

  static Reply about(String tool, String whatCanBeAsked) {
    return Reply.html(200, PAGE.formatted(tool, whatCanBeAsked.strip()));
  }
}
