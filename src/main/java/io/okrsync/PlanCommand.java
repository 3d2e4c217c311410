package io.okrsync;

import io.okrsync.config.Configuration;
import io.okrsync.config.ConfigurationFolder;
import io.okrsync.config.Loaded;
import io.okrsync.connector.Connectors;
import io.okrsync.store.Store;
import io.okrsync.store.StoreUnavailable;
import io.okrsync.web.Json;
import io.okrsync.web.Plan;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plan}: what the configuration would change, from the stored records. */
@Command(
    name = "plan",
    description = "Shows what the configuration would make of the stored records; changes nothing.")
final class PlanCommand implements Callable<Integer> {
  @Option(
      names = "--service",
      paramLabel = "URL",
      description =
          "ask the service that runs there, such as http://127.0.0.1:8080, instead of opening its"
              + " data")
  @Nullable URI service;

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    try (Connectors connectors = new Connectors(folders.routes, Main.clock())) {
      connectors.start();
      Configuration planned = configuration(connectors);
      Plan plan = service == null ? here(planned, connectors) : asked(service, planned);
      spec.commandLine()
          .getOut()
          .println(folders.json ? Json.write(plan) : new PlanReport(plan).text());
      return Main.OK;
    }
  }

  private Configuration configuration(Connectors connectors) {
    Loaded loaded =
        new ConfigurationFolder(folders.config, System::getenv).loadWithoutSecrets(connectors);
    if (loaded instanceof Loaded.Refused refused) {
      throw new ConfigurationRefused(refused.problems());
    }
    return ((Loaded.Accepted) loaded).configuration();
  }

  private Plan here(Configuration planned, Connectors connectors) {
    try (Store ledger = Store.open(database.existing(folders.dataOr("data")))) {
      return new Planning(ledger, System::getenv, connectors, Main.clock()).plan(planned);
    } catch (StoreUnavailable unavailable) {
      spec.commandLine()
          .getErr()
          .println("A service that runs makes the plan itself: okr-sync plan --service URL");
      throw unavailable;
    }
  }

  private Plan asked(URI url, Configuration planned) {
    try {
      return new PlanningService(url).plan(planned.files());
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--service: " + wrong.getMessage(), wrong);
    }
  }
}
