package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.LogCapture;
import io.okrsync.sync.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CheckpointScheduleTest {
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
  private final FakeCrm crm = new FakeCrm();
  private final Workspace workspace;
  private final Path file;
  private final Sealing sealing = new Sealing();

  CheckpointScheduleTest(@TempDir Path folder) {
    workspace = new Workspace(folder).withCrm(crm.url());
    file = folder.resolve("kept").resolve("checkpoints.jsonl");
    sealing.file = file;
    crm.won(1, "100");
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void signs_what_happened_and_nothing_twice_and_once_more_at_the_end() throws IOException {
    try (Service service = open()) {
      CheckpointSchedule schedule = new CheckpointSchedule(service, sealing, workspace.data());
      schedule.seal();
      schedule.seal();
      assertThat(lines()).hasSize(1);

      service.runs().run("crm", Trigger.MANUAL);
      schedule.close();
      assertThat(lines()).hasSize(2);
    }
    assertThat(sealing.checkpoints(workspace.data()).read(Set.of()).findings()).isEmpty();
  }

  @Test
  void goes_on_when_a_checkpoint_cannot_be_written() throws IOException {
    Files.createDirectories(file);
    try (Service service = open();
        CheckpointSchedule schedule = new CheckpointSchedule(service, sealing, workspace.data())) {
      assertThat(schedule.seal()).as("it is tried again").isEqualTo(Duration.ofMinutes(5));
      Files.delete(file);
      assertThat(schedule.seal()).isEqualTo(Duration.ofHours(1));

      assertThat(lines()).hasSize(1);
    }
  }

  @Test
  void no_other_key_takes_the_place_of_one_that_is_gone() throws IOException {
    try (Service service = open();
        LogCapture log = new LogCapture()) {
      CheckpointSchedule schedule = new CheckpointSchedule(service, sealing, workspace.data());
      Path key = workspace.data().resolve("checkpoint.key");
      Files.delete(key);
      schedule.close();

      assertThat(key).doesNotExist();
      assertThat(file).doesNotExist();
      assertThat(log.lines())
          .anyMatch(it -> it.contains("after the next start: " + key) && it.contains("is gone"));
    }
  }

  @Test
  @Timeout(60)
  void a_stop_lets_one_that_is_being_written_finish() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch stopping = new CountDownLatch(1);
    try (Service service = open();
        LogCapture log = new LogCapture()) {
      clock.meanwhile(
          () -> {
            writing.countDown();
            try {
              stopping.await();
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
            }
          });
      CheckpointSchedule schedule =
          new CheckpointSchedule(service, sealing, workspace.data(), Duration.ZERO);
      writing.await();
      Thread stop = new Thread(schedule::close);
      stop.start();
      while (stop.getState() == Thread.State.NEW || stop.getState() == Thread.State.RUNNABLE) {
        Thread.onSpinWait();
      }
      stopping.countDown();
      stop.join();

      assertThat(lines()).hasSize(1);
      assertThat(log.lines()).noneMatch(it -> it.contains("no checkpoint could be written"));
    }
  }

  @Test
  void an_error_is_told_and_does_not_end_the_writing_of_checkpoints() throws IOException {
    try (Service service = open();
        LogCapture log = new LogCapture();
        CheckpointSchedule schedule = new CheckpointSchedule(service, sealing, workspace.data())) {
      clock.meanwhile(
          () -> {
            throw new OutOfMemoryError("for a moment");
          });
      assertThat(schedule.seal()).as("it is tried again").isEqualTo(Duration.ofMinutes(5));
      assertThat(log.lines()).anyMatch(it -> it.contains("no checkpoint could be written"));

      schedule.seal();

      assertThat(lines()).hasSize(1);
    }
  }

  @Test
  void a_failure_without_words_is_called_what_it_is() {
    try (Service service = open();
        LogCapture log = new LogCapture();
        CheckpointSchedule schedule = new CheckpointSchedule(service, sealing, workspace.data())) {
      clock.meanwhile(() -> Thread.currentThread().interrupt());
      schedule.seal();
      assertThat(Thread.interrupted()).isTrue();

      assertThat(log.lines())
          .anyMatch(
              it ->
                  it.endsWith("it is tried again in 5 minutes: ClosedByInterruptException")
                      && !it.contains("null"));
    }
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file);
  }

  private Service open() {
    return workspace.service(clock);
  }
}
