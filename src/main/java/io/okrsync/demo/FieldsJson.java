package io.okrsync.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The list of an issue's fields, by which clients find out what a site calls its custom fields. */
final class FieldsJson {
  private final ArrayNode fields = Json.array();

  private FieldsJson() {}

  static ArrayNode fields() {
    FieldsJson list = new FieldsJson();
    list.system("summary", "Summary", "string");
    list.system("issuetype", "Issue Type", "issuetype");
    list.system("project", "Project", "project");
    list.system("status", "Status", "status");
    list.system("statuscategorychangedate", "Status Category Changed", "datetime");
    list.system("priority", "Priority", "priority");
    list.system("labels", "Labels", "array");
    list.system("assignee", "Assignee", "user");
    list.system("reporter", "Reporter", "user");
    list.system("creator", "Creator", "user");
    list.system("created", "Created", "datetime");
    list.system("updated", "Updated", "datetime");
    list.system("duedate", "Due date", "date");
    list.system("resolution", "Resolution", "resolution");
    list.system("resolutiondate", "Resolved", "datetime");
    list.system("description", "Description", "string");
    list.custom(IssueJson.START_DATE, "Start date", "date");
    list.custom(IssueJson.POINTS, "Story point estimate", "number");
    return list.fields;
  }

  private void system(String id, String name, String type) {
    add(id, name, false).putObject("schema").put("type", type).put("system", id);
  }

  private void custom(String id, String name, String type) {
    long number = Long.parseLong(id.substring(id.indexOf('_') + 1));
    add(id, name, true).putObject("schema").put("type", type).put("customId", number);
  }

  private ObjectNode add(String id, String name, boolean custom) {
    ObjectNode field = fields.addObject();
    field.put("id", id).put("key", id).put("name", name).put("custom", custom);
    field.put("orderable", true).put("navigable", true).put("searchable", true);
    field.putArray("clauseNames").add(custom ? name : id);
    return field;
  }
}
