package io.okrsync.web;

import static java.util.stream.Collectors.partitioningBy;

import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page of objectives as they rest on one another: from a company down to its people.
 *
 * @param roots those that rest on others and count in none
 * @param alone those that do neither
 */
public record CascadeView(List<Branch> roots, List<Branch> alone) {

  /**
   * An objective in the tree.
   *
   * @param address where it stands with all that is known of it
   * @param keyResults empty where it is shown further up
   * @param again whether it is shown further up, since it counts in several
   */
  public record Branch(
      String id,
      String title,
      String address,
      String owner,
      String cycle,
      String score,
      Badge status,
      List<Twig> keyResults,
      boolean again) {}

  /**
   * A key result in the tree.
   *
   * @param below the objective whose score is its value; null where none is
   */
  public record Twig(
      String title, String address, Amount value, Badge status, @Nullable Branch below) {}

  static CascadeView of(List<ObjectiveStanding> standings) {
    Set<String> inner = ObjectiveStanding.parents(standings).keySet();
    Set<String> shown = new HashSet<>();
    Map<Boolean, List<ObjectiveStanding>> tops =
        standings.stream()
            .filter(it -> !inner.contains(it.objective().id()))
            .collect(partitioningBy(CascadeView::restsOnOthers));
    return new CascadeView(
        branches(Objects.requireNonNull(tops.get(true)), shown),
        branches(Objects.requireNonNull(tops.get(false)), shown));
  }

  /** Whether there is anything to show that the list of objectives does not. */
  static boolean isOneOf(List<ObjectiveStanding> standings) {
    return standings.stream().anyMatch(CascadeView::restsOnOthers);
  }

  private static boolean restsOnOthers(ObjectiveStanding standing) {
    return below(standing).findAny().isPresent();
  }

  private static Stream<ObjectiveStanding> below(ObjectiveStanding standing) {
    return standing.keyResults().stream()
        .map(it -> it.marks().child())
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull);
  }

  private static List<Branch> branches(List<ObjectiveStanding> standings, Set<String> shown) {
    return standings.stream().map(it -> branch(it, shown)).toList();
  }

  private static Branch branch(ObjectiveStanding standing, Set<String> shown) {
    var objective = standing.objective();
    boolean first = shown.add(objective.id());
    return new Branch(
        objective.id(),
        objective.title(),
        Addresses.objective(objective.id()),
        objective.owner(),
        objective.cycle().id(),
        Figures.percent(standing.score()),
        Badge.of(standing.status()),
        first ? standing.keyResults().stream().map(it -> twig(it, shown)).toList() : List.of(),
        !first);
  }

  private static Twig twig(Standing standing, Set<String> shown) {
    ObjectiveStanding child = standing.marks().child();
    return new Twig(
        standing.keyResult().title(),
        Addresses.keyResult(standing.keyResult().id()),
        Amount.of(standing),
        Badge.of(standing.status()),
        child == null ? null : branch(child, shown));
  }
}
