package io.okrsync.connector;

class PipedriveDealsTest extends ConnectorConformance {
  PipedriveDealsTest() {
    super("pipedrive-deals");
  }
}
