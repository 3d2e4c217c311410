package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.sync.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointScheduleTest {
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

  private List<String> lines() throws IOException {
    return Files.readAllLines(file);
  }

  private Service open() {
    return workspace.service(new SettableClock("2026-11-21T03:00:00Z"));
  }
}
