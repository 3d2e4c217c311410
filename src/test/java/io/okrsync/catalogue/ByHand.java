package io.okrsync.catalogue;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What each key result of the catalogue should be, computed from the records by plain loops that
 * share nothing with the engine. Null where there is no value.
 */
abstract class ByHand {
  private final Map<String, Function<World, @Nullable BigDecimal>> values = new LinkedHashMap<>();

  static Map<String, Function<World, @Nullable BigDecimal>> all() {
    Map<String, Function<World, @Nullable BigDecimal>> all = new LinkedHashMap<>();
    for (ByHand team :
        List.of(
            new MarketingByHand(),
            new SalesByHand(),
            new CompanyByHand(),
            new ProductByHand(),
            new EngineeringByHand(),
            new CustomerSuccessByHand())) {
      team.values.forEach(
          (id, value) -> {
            if (all.put(id, requireNonNull(value)) != null) {
              throw new IllegalStateException(id + " is computed twice");
            }
          });
    }
    return all;
  }

  final void of(String keyResult, Function<World, @Nullable BigDecimal> value) {
    if (values.put(keyResult, value) != null) {
      throw new IllegalStateException(keyResult + " is computed twice");
    }
  }
}
