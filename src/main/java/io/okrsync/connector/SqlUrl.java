package io.okrsync.connector;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a database that is read. Drivers do as their URL says, which may run scripts and
 * load classes; so only what is known to be harmless may stand in it.
 */
record SqlUrl(String text, boolean isPostgres) {
  private static final Pattern POSTGRES =
      Pattern.compile("jdbc:postgresql://[\\w.,:\\[\\]-]+/[\\w.%-]+(?:\\?(?<parameters>[^?#@]*))?");
  private static final Pattern H2 =
      Pattern.compile("jdbc:h2:(?:(?:tcp|ssl)://[\\w.:\\[\\]-]+/|file:|mem:)[^;?@]+");
  private static final Map<String, Pattern> PARAMETERS =
      Map.of(
          "sslmode", Pattern.compile("[a-z-]+"),
          "sslrootcert", Pattern.compile("[^&;]+"),
          "currentSchema", Pattern.compile("[\\w,]+"),
          "targetServerType", Pattern.compile("[A-Za-z]+"));

  private static final String CONNECT_SECONDS = "10";
  private static final String ANSWER_SECONDS = "90";

  /** Empty where it is none that may be used. */
  static Optional<SqlUrl> of(String text) {
    if (H2.matcher(text).matches()) {
      return Optional.of(new SqlUrl(text, false));
    }
    Matcher postgres = POSTGRES.matcher(text);
    return postgres.matches() && areKnown(postgres.group("parameters"))
        ? Optional.of(new SqlUrl(text, true))
        : Optional.empty();
  }

  private static boolean areKnown(@org.jspecify.annotations.Nullable String parameters) {
    return parameters == null
        || List.of(parameters.split("&")).stream()
            .map(each -> each.split("=", 2))
            .allMatch(
                each ->
                    each.length == 2
                        && PARAMETERS.containsKey(each[0])
                        && PARAMETERS.get(each[0]).matcher(each[1]).matches());
  }

  /** For the driver: H2 would otherwise make a database that is not there. */
  String forDriver() {
    return isPostgres ? text : text + ";IFEXISTS=TRUE";
  }

  Properties properties(String user, Secret password) {
    Properties properties = new Properties();
    properties.put("user", user);
    properties.put("password", password.reveal());
    if (isPostgres) {
      properties.put("ApplicationName", "okr-sync");
      properties.put("connectTimeout", CONNECT_SECONDS);
      properties.put("loginTimeout", CONNECT_SECONDS);
      properties.put("socketTimeout", ANSWER_SECONDS);
    }
    return properties;
  }

  /** How messages call it: without its parameters. */
  @Override
  public String toString() {
    return text.replaceAll("[?;].*", "");
  }
}
