package io.okrsync.web;

import static io.vertx.core.http.HttpHeaders.CACHE_CONTROL;
import static io.vertx.core.http.HttpHeaders.CONTENT_TYPE;
import static io.vertx.core.http.HttpHeaders.ETAG;
import static io.vertx.core.http.HttpHeaders.IF_NONE_MATCH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The files that every page needs, in memory. Their addresses carry a digest of what they hold, so
 * that browsers keep them and still see every new version.
 */
enum Assets {
  STYLE("okr-sync.css", "text/css; charset=utf-8"),
  SCRIPT("okr-sync.js", "text/javascript; charset=utf-8"),
  ICON("icon.svg", "image/svg+xml");

  private static final String FOLDER = "/assets/";

  private final String file;
  private final String type;
  private final String text;
  private final String digest;

  Assets(String file, String type) {
    this.file = file;
    this.type = type;
    this.text = text(file);
    this.digest = digest(text);
  }

  /** Where a page finds it. */
  String address() {
    return FOLDER + file + "?v=" + digest;
  }

  static void mount(Router router) {
    for (Assets asset : values()) {
      router
          .route(FOLDER + asset.file)
          .method(HttpMethod.GET)
          .method(HttpMethod.HEAD)
          .handler(asset::answer);
    }
  }

  private void answer(RoutingContext request) {
    String tag = '"' + digest + '"';
    boolean asked = digest.equals(request.request().getParam("v"));
    var response = request.response();
    response.putHeader(ETAG, tag);
    response.putHeader(CACHE_CONTROL, asked ? "public, max-age=31536000, immutable" : "no-cache");
    if (tag.equals(request.request().getHeader(IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(CONTENT_TYPE, type);
    Responses.end(request, text);
  }

  /** A text that is packaged beside this class. */
  static String text(String file) {
    try (InputStream in = requireNonNull(Assets.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
