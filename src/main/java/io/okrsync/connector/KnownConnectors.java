package io.okrsync.connector;

import java.util.List;
import java.util.Optional;

/** The connectors there are, as a configuration asks for them. */
public interface KnownConnectors {
  /** The usable connector with this name, if there is one. */
  Optional<Connector> named(String name);

  /** The names of all that are usable. */
  List<String> names();

  /** What is wrong with the file of this name; nothing where all is well, or there is no file. */
  List<ConnectorProblem> refusals(String name);
}
