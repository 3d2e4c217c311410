package io.okrsync.web;

import io.okrsync.okr.CheckIn;

/**
 * What a person said about a key result, as the API gives it.
 *
 * @param confidence 1..5
 * @param light the same as a colour
 * @param wins empty where none were told
 */
record CheckInBody(
    String at, String by, int confidence, String light, String wins, String blockers) {

  static CheckInBody of(CheckIn said) {
    return new CheckInBody(
        said.at().toString(),
        said.by(),
        said.confidence(),
        said.light().label(),
        said.wins(),
        said.blockers());
  }
}
