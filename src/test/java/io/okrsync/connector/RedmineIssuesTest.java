package io.okrsync.connector;

class RedmineIssuesTest extends ConnectorConformance {
  RedmineIssuesTest() {
    super("redmine-issues");
  }
}
