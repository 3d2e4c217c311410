package io.okrsync.connector;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One query of an admin, ready to be a part of another one.
 *
 * @param sql with {@code ?} for each {@code @since}
 * @param times how many there are
 */
record SqlQuery(String sql, int times) {
  /** Texts, quoted names and comments, in which nothing means anything. */
  private static final Pattern OPAQUE =
      Pattern.compile(
          "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\\*.*?\\*/|\\$(\\w*)\\$.*?\\$\\1\\$",
          Pattern.DOTALL);

  private static final Pattern SINCE = Pattern.compile("@since\\b");
  private static final Pattern PART = Pattern.compile("\\[(?<part>[^\\[\\]]*@since[^\\[\\]]*)]");

  /**
   * @param all whether all is read, so that parts with {@code @since} are left out
   * @throws IllegalArgumentException when it may not be asked, saying why
   */
  static SqlQuery of(String text, boolean all) {
    String query = text.strip().replaceAll("(?:\\s*;)+$", "");
    String bare = OPAQUE.matcher(query).replaceAll(found -> " ".repeat(found.group().length()));
    requireOneQuery(bare);
    StringBuilder sql = new StringBuilder();
    Matcher parts = PART.matcher(bare);
    int end = 0;
    while (parts.find()) {
      sql.append(query, end, parts.start());
      sql.append(all ? "" : query.substring(parts.start("part"), parts.end("part")));
      end = parts.end();
    }
    sql.append(query.substring(end));
    return withTimes(sql.toString(), all);
  }

  private static void requireOneQuery(String bare) {
    String first = bare.strip().split("[^A-Za-z]", 2)[0].toLowerCase(Locale.ROOT);
    if (!first.equals("select") && !first.equals("with")) {
      throw new IllegalArgumentException("must be one SELECT, or WITH and SELECT");
    }
    if (bare.contains(";")) {
      throw new IllegalArgumentException("must be one query; a semicolon ends it");
    }
    if (bare.contains("?")) {
      throw new IllegalArgumentException(
          "has a question mark, which nothing is filled in for; the time is @since");
    }
    if (bare.contains("'") || bare.contains("\"") || bare.contains("/*")) {
      throw new IllegalArgumentException("has a quote or a comment that does not end");
    }
  }

  private static SqlQuery withTimes(String query, boolean all) {
    String bare = OPAQUE.matcher(query).replaceAll(found -> " ".repeat(found.group().length()));
    Matcher times = SINCE.matcher(bare);
    StringBuilder sql = new StringBuilder();
    int end = 0;
    int count = 0;
    while (times.find()) {
      if (all) {
        throw new IllegalArgumentException(
            "has an @since outside of brackets, but the first run reads everything; write [where"
                + " updated_at >= @since]");
      }
      sql.append(query, end, times.start()).append('?');
      end = times.end();
      count++;
    }
    return new SqlQuery(sql.append(query.substring(end)).toString(), count);
  }
}
