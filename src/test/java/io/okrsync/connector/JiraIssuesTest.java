package io.okrsync.connector;

class JiraIssuesTest extends ConnectorConformance {
  JiraIssuesTest() {
    super("jira-issues");
  }
}
