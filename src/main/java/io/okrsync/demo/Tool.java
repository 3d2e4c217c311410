package io.okrsync.demo;

/** What one of the servers does with a request: a simulated vendor, or the demo's own controls. */
interface Tool {
  /** As the vendor or the page calls it. */
  String name();

  Reply answer(Request request);

  /** What the vendor answers when it is asked too often. */
  Reply throttled();

  /** What the vendor answers when it is not well. */
  Reply unavailable();
}
