package io.okrsync.connector;

class HttpRecordsTest extends ConnectorConformance {
  HttpRecordsTest() {
    super("http-records");
  }
}
