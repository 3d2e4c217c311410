package io.okrsync.connector;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * The steps a connector file may use besides Camel's own: {@code okr:page} asks a web API for a
 * page ({@link PageOptions}), {@code okr:csv} reads rows of files ({@link CsvProducer}), {@code
 * okr:sql} rows of a query ({@link SqlProducer}), {@code okr:push} takes what was sent to us
 * ({@link PushProducer}).
 */
final class OkrComponent extends DefaultComponent {
  static final Map<String, BiFunction<Step, Map<String, String>, Producer>> STEPS = steps();

  private final HttpRetry http;
  private final CsvFiles files;

  OkrComponent(HttpRetry http, CsvFiles files) {
    this.http = http;
    this.files = files;
  }

  private static Map<String, BiFunction<Step, Map<String, String>, Producer>> steps() {
    Map<String, BiFunction<Step, Map<String, String>, Producer>> steps = new LinkedHashMap<>();
    steps.put("page", (step, options) -> new PageProducer(step, options, step.http));
    steps.put("csv", (step, options) -> new CsvProducer(step, options, step.files));
    steps.put("push", (step, options) -> new PushProducer(step, options));
    steps.put("sql", (step, options) -> new SqlProducer(step, options));
    return Map.copyOf(steps);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String step, Map<String, Object> parameters) {
    Map<String, String> options = new TreeMap<>();
    parameters.forEach((name, value) -> options.put(name, String.valueOf(value)));
    parameters.clear();
    BiFunction<Step, Map<String, String>, Producer> producer =
        Optional.ofNullable(STEPS.get(step))
            .orElseThrow(() -> new IllegalArgumentException("there is no step okr:" + step));
    return new Step(uri, this, options, producer);
  }

  /** One step of one route. */
  static final class Step extends DefaultEndpoint {
    private final Map<String, String> options;
    private final BiFunction<Step, Map<String, String>, Producer> producer;
    private final HttpRetry http;
    private final CsvFiles files;

    Step(
        String uri,
        OkrComponent component,
        Map<String, String> options,
        BiFunction<Step, Map<String, String>, Producer> producer) {
      super(uri, component);
      this.options = options;
      this.producer = producer;
      this.http = component.http;
      this.files = component.files;
    }

    @Override
    public Producer createProducer() {
      return producer.apply(this, options);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException("okr: steps are called, they begin no route");
    }
  }
}
