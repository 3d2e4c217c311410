package io.okrsync.demo;

import java.util.List;

/** How the simulated issue tracker is set up: its projects, types, priorities and workflows. */
final class Tracker {

  /** What a status means, whatever it is called. */
  enum Category {
    TODO(2, "new", "To Do", "blue-gray"),
    DOING(4, "indeterminate", "In Progress", "yellow"),
    DONE(3, "done", "Done", "green");

    private final int id;
    private final String key;
    private final String label;
    private final String color;

    Category(int id, String key, String label, String color) {
      this.id = id;
      this.key = key;
      this.label = label;
      this.color = color;
    }

    int id() {
      return id;
    }

    /** The vendor's key, the same in every language. */
    String key() {
      return key;
    }

    String label() {
      return label;
    }

    String color() {
      return color;
    }
  }

  /** A step of a workflow, named as the project's people call it. */
  record Status(int id, String name, Category category) {}

  /** Work of one team. Each names its statuses in its own language. */
  record Project(
      int id,
      String key,
      String name,
      Status waiting,
      Status working,
      Status reviewing,
      Status done) {
    List<Status> statuses() {
      return List.of(waiting, working, reviewing, done);
    }
  }

  /** What kind of work an issue is. */
  record Type(int id, String name) {}

  /** How urgent it is; 1 is the most. */
  record Priority(int id, String name) {}

  /** How it ended. */
  record Resolution(int id, String name, String description) {}

  static final Project APP =
      new Project(
          10001,
          "APP",
          "Aplikasi pelanggan",
          new Status(10101, "Antrean", Category.TODO),
          new Status(10102, "Sedang dikerjakan", Category.DOING),
          new Status(10103, "Ditinjau", Category.DOING),
          new Status(10104, "Selesai", Category.DONE));
  static final Project PLATFORM =
      new Project(
          10002,
          "PLT",
          "Platform",
          new Status(10201, "To Do", Category.TODO),
          new Status(10202, "In Progress", Category.DOING),
          new Status(10203, "In Review", Category.DOING),
          new Status(10204, "Done", Category.DONE));
  static final List<Project> PROJECTS = List.of(APP, PLATFORM);

  static final Type BUG = new Type(10301, "Bug");
  static final Type STORY = new Type(10302, "Story");
  static final Type TASK = new Type(10303, "Task");
  static final List<Type> TYPES = List.of(BUG, STORY, TASK);

  static final Priority HIGHEST = new Priority(1, "Highest");
  static final Priority HIGH = new Priority(2, "High");
  static final Priority MEDIUM = new Priority(3, "Medium");
  static final Priority LOW = new Priority(4, "Low");
  static final Priority LOWEST = new Priority(5, "Lowest");
  static final List<Priority> PRIORITIES = List.of(HIGHEST, HIGH, MEDIUM, LOW, LOWEST);

  static final Resolution FINISHED = new Resolution(10000, "Done", "The work is finished.");
  static final Resolution WILL_NOT_DO =
      new Resolution(10001, "Won't Do", "It was decided against.");
  static final Resolution DUPLICATE =
      new Resolution(10002, "Duplicate", "Known under another key.");
  static final List<Resolution> RESOLUTIONS = List.of(FINISHED, WILL_NOT_DO, DUPLICATE);

  private Tracker() {}
}
