package io.okrsync.web;

import java.util.List;
import java.util.function.Function;

/** A list as the API gives it; an object, so that something can be added beside the list later. */
record Items<T>(List<T> items) {
  static <S, T> Items<T> of(List<S> rows, Function<S, T> body) {
    return new Items<>(rows.stream().map(body).toList());
  }
}
