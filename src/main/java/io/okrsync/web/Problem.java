package io.okrsync.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param title the name of the status
 * @param detail what failed, which one, and what to do
 * @param nearest the name that was probably meant; null where none is near
 * @param run the run in the way; null where none is
 */
record Problem(
    String type,
    String title,
    int status,
    String detail,
    @JsonInclude(Include.NON_NULL) @Nullable String nearest,
    @JsonInclude(Include.NON_NULL) @Nullable Long run) {

  static Answer answer(int status, String detail) {
    return of(status, detail, null, null).answer();
  }

  static Problem of(int status, String detail, @Nullable String nearest, @Nullable Long run) {
    String title = HttpResponseStatus.valueOf(status).reasonPhrase();
    return new Problem("about:blank", title, status, detail, nearest, run);
  }

  Answer answer() {
    return Answer.typed(status, "application/problem+json", Json.write(this));
  }
}
