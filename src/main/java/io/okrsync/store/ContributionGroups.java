package io.okrsync.store;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.InMemory;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Selection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What selected contributions come to for each key: their rows are read once, key by key, so that
 * no more than those of one key are held.
 */
final class ContributionGroups {
  private final Sql sql;
  private final Selection selection;
  private final Selected.Sight sight;

  ContributionGroups(Sql sql, Selection selection, Selected.Sight sight) {
    this.sql = sql;
    this.selection = selection;
    this.sight = sight;
  }

  /** By key; what has none is under the empty text. */
  Map<String, Reading> all() throws SQLException {
    Map<String, Reading> groups = new TreeMap<>();
    List<Contribution> ofKey = new ArrayList<>();
    new PopulationRows(sql, selection.measure().definition().from())
        .byKey(
            selection,
            sight,
            next -> {
              if (!ofKey.isEmpty() && !ofKey.get(0).keyOrEmpty().equals(next.keyOrEmpty())) {
                groups.put(ofKey.get(0).keyOrEmpty(), InMemory.reading(selection, ofKey));
                ofKey.clear();
              }
              ofKey.add(next);
            });
    if (!ofKey.isEmpty()) {
      groups.put(ofKey.get(0).keyOrEmpty(), InMemory.reading(selection, ofKey));
    }
    return groups;
  }
}
