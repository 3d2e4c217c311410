package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, started as a person would start it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PackagedIT {
  private static final Path JAR = Path.of("target", "okr-sync.jar");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Pattern ADDRESS = Pattern.compile("OKR Sync is at (http://\\S+)/ ");
  private static final int KEY_RESULTS = 12;

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void nothing_is_left_running() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void the_demo_moves_key_results_without_any_account() throws Exception {
    Process demo = start("demo", "--port", "0", "--data", folder.toString());
    String address = address(demo);

    assertThat(get(address + "/")).contains("<main", "Demo");
    try (BufferedReader events = events(address)) {
      Map<String, String> first = complete(address, events);
      Map<String, String> now = first;
      while (now.equals(first)) {
        untilSomethingChanged(events);
        now = values(address);
      }
      assertThat(now.keySet()).hasSizeGreaterThanOrEqualTo(KEY_RESULTS);
    }
    assertThat(get(address + "/metrics")).contains("okrsync_runs_total");
    assertThat(get(address + "/health")).contains("\"status\"");
  }

  @Test
  void a_folder_in_use_by_another_process_is_said_to_be_so() throws Exception {
    Process demo = start("demo", "--port", "0", "--data", folder.toString());
    address(demo);

    Process status = start("log", "--data", folder.toString());

    String said = all(status);
    assertThat(status.waitFor()).isEqualTo(1);
    assertThat(said).contains(folder.toString(), "in use").doesNotContain("\tat ");
  }

  @Test
  void a_port_in_use_is_said_to_be_so() throws Exception {
    String port = URI.create(address(start("demo", "--port", "0"))).getPort() + "";

    Process second = start("demo", "--port", port);

    String said = all(second);
    assertThat(second.waitFor()).isEqualTo(1);
    assertThat(said).contains("port " + port + " is in use").doesNotContain("\tat ");
  }

  @Test
  void told_to_stop_it_stops_and_leaves_its_log_readable() throws Exception {
    Process demo = start("demo", "--port", "0", "--data", folder.toString());
    String address = address(demo);
    try (BufferedReader events = events(address)) {
      complete(address, events);
    }

    demo.destroy();

    assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
    Process log = start("log", "--json", "--data", folder.toString());
    JsonNode entries = new ObjectMapper().readTree(log.getInputStream()).path("items");
    assertThat(log.waitFor()).isZero();
    assertThat(entries.findValuesAsText("action"))
        .contains("configuration.loaded", "run.published", "key-result.moved");
  }

  @Test
  void classes_come_from_the_archive_that_the_build_made() throws Exception {
    Process archived =
        started("@target/start.options", "-Xlog:class+load", "-jar", JAR.toString(), "--version");

    assertThat(all(archived))
        .containsPattern("io\\.okrsync\\.Main source: shared objects file \\(top\\)");
    assertThat(archived.waitFor()).isZero();
  }

  @Test
  void an_archive_of_another_java_does_not_spoil_what_programs_read() throws Exception {
    Path other = Files.writeString(folder.resolve("other.jsa"), "of another Java");
    Process listing =
        new ProcessBuilder(
                JAVA.toString(),
                "@target/start.options",
                "-XX:SharedArchiveFile=" + other,
                "-jar",
                JAR.toString(),
                "catalogue",
                "--json")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(listing);

    assertThat(new ObjectMapper().readTree(all(listing)).path("items")).isNotEmpty();
    assertThat(listing.waitFor()).isZero();
  }

  @Test
  void the_demo_can_be_tried_once() throws Exception {
    Process once = start("demo", "--once", "--port", "0", "--data", folder.toString());

    assertThat(all(once)).contains("crm", "newsletter", "tracker");
    assertThat(once.waitFor()).isZero();
    Process status = start("log", "--json", "--data", folder.toString());
    JsonNode entries = new ObjectMapper().readTree(status.getInputStream()).path("items");
    assertThat(entries.findValuesAsText("action")).contains("run.published", "key-result.moved");
  }

  @Test
  void wrong_usage_ends_with_2_and_says_what_is_right() throws Exception {
    Process wrong = start("snyc");

    assertThat(all(wrong)).contains("snyc", "sync");
    assertThat(wrong.waitFor()).isEqualTo(2);
  }

  @Test
  void nothing_but_the_packaged_jar_and_its_libraries_is_needed() throws IOException {
    try (Stream<Path> libraries = Files.list(Path.of("target", "lib"))) {
      assertThat(libraries.map(it -> it.getFileName().toString()))
          .noneMatch(name -> name.contains("junit") || name.contains("playwright"));
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("-jar", JAR.toString()));
    all.addAll(List.of(arguments));
    return started(all.toArray(String[]::new));
  }

  private Process started(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private static String all(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /**
   * Reads what the process says until it says where it is; the rest is read away so that it never
   * blocks.
   */
  private static String address(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find()) {
        Thread rest = new Thread(() -> lines.lines().forEach(ignored -> {}), "rest");
        rest.setDaemon(true);
        rest.start();
        return matcher.group(1);
      }
    }
    throw new AssertionError("it ended before it served:\n" + said);
  }

  private BufferedReader events(String address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/events")).build();
    return new BufferedReader(
        new InputStreamReader(
            http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
            StandardCharsets.UTF_8));
  }

  /** Waits until every key result has a value. */
  private Map<String, String> complete(String address, BufferedReader events) throws Exception {
    Map<String, String> values = values(address);
    while (values.containsValue("null")) {
      untilSomethingChanged(events);
      values = values(address);
    }
    return values;
  }

  private static void untilSomethingChanged(BufferedReader events) throws IOException {
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      if (line.startsWith("data:")) {
        return;
      }
    }
  }

  private Map<String, String> values(String address) throws Exception {
    Map<String, String> values = new TreeMap<>();
    for (JsonNode item :
        new ObjectMapper().readTree(get(address + "/api/v1/key-results")).path("items")) {
      values.put(item.path("id").asText(), item.path("value").asText("null"));
    }
    return values;
  }

  private String get(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
