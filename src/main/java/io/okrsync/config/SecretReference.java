package io.okrsync.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.connector.Secret;
import java.util.Optional;

/** A secret: one reference and nothing else, since files are kept and shown. */
record SecretReference() implements Kind<Secret> {
  @Override
  public Optional<Secret> read(Node node, Context context) {
    if (node instanceof Node.Spoiled) {
      return Optional.empty();
    }
    if (node instanceof Node.Scalar scalar && References.ALONE.matcher(scalar.text()).matches()) {
      return context.text(scalar).map(text -> new Secret(text, scalar.text()));
    }
    context.problem(
        node,
        "is a secret, and a secret must not stand in a file that is kept and shown",
        "write \"{{env:NAME}}\" and set that variable, or \"{{file:PATH}}\"");
    return Optional.empty();
  }

  @Override
  public String holds() {
    return "a reference such as {{env:NAME}} or {{file:PATH}}";
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "string")
        .put("pattern", "^" + References.ALONE + "$");
  }
}
