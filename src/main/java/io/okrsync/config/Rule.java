package io.okrsync.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** Which keys of one mapping go together. Known to the reader and to editors alike. */
sealed interface Rule {
  void check(Section section, Context context);

  void describe(ObjectNode schema);

  /** Exactly one of these keys is given. */
  record OneOf(List<Key<?>> keys) implements Rule {
    @Override
    public void check(Section section, Context context) {
      List<Key<?>> given = keys.stream().filter(section::has).toList();
      if (given.isEmpty()) {
        String names = keys.stream().map(Key::name).collect(Collectors.joining(", "));
        context.problem(section.node(), "needs one of " + names);
      }
      given.stream().skip(1).forEach(key -> refuse(section, given.get(0), key, context));
    }

    @Override
    public void describe(ObjectNode schema) {
      ArrayNode cases = schema.putArray("oneOf");
      keys.forEach(key -> cases.addObject().putArray("required").add(key.name()));
    }
  }

  /** One of these keys is given, or more. */
  record SomeOf(List<Key<?>> keys) implements Rule {
    @Override
    public void check(Section section, Context context) {
      if (keys.stream().noneMatch(section::has)) {
        String names = keys.stream().map(Key::name).collect(Collectors.joining(", "));
        context.problem(section.node(), "needs one of " + names);
      }
    }

    @Override
    public void describe(ObjectNode schema) {
      ArrayNode cases = schema.putArray("anyOf");
      keys.forEach(key -> cases.addObject().putArray("required").add(key.name()));
    }
  }

  /** Not both are given. */
  record NotBoth(Key<?> one, Key<?> other) implements Rule {
    @Override
    public void check(Section section, Context context) {
      if (section.has(one) && section.has(other)) {
        refuse(section, one, other, context);
      }
    }

    @Override
    public void describe(ObjectNode schema) {
      ObjectNode both = schema.withArray("/allOf").addObject().putObject("not");
      both.putArray("required").add(one.name()).add(other.name());
    }
  }

  /** Where the one is given, none of the others is. */
  record NoneWith(Key<?> one, List<Key<?>> others) implements Rule {
    @Override
    public void check(Section section, Context context) {
      others.forEach(other -> new NotBoth(one, other).check(section, context));
    }

    @Override
    public void describe(ObjectNode schema) {
      others.forEach(other -> new NotBoth(one, other).describe(schema));
    }
  }

  /** Who gives the one must give the other. */
  record Needs(Key<?> one, Key<?> other) implements Rule {
    @Override
    public void check(Section section, Context context) {
      if (section.has(one) && !section.has(other)) {
        context
            .problems()
            .add(
                section.place(one.name()),
                "'%s' needs '%s' beside it".formatted(one.name(), other.name()),
                other.name() + ": " + other.example());
      }
    }

    @Override
    public void describe(ObjectNode schema) {
      schema.withObject("/dependentRequired").putArray(one.name()).add(other.name());
    }
  }

  private static void refuse(Section section, Key<?> first, Key<?> second, Context context) {
    context
        .problems()
        .add(
            section.place(second.name()),
            "'%s' and '%s' exclude each other; keep one".formatted(first.name(), second.name()));
  }
}
