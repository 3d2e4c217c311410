package io.okrsync.demo;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A step of one of the two pipelines.
 *
 * @param order from 1, as deals go through them
 * @param probability how likely a deal there is won, in percent
 * @param rotsAfter days after which a deal that has not moved counts as rotten
 */
record Stage(int id, Pipeline pipeline, int order, String name, int probability, int rotsAfter) {

  /**
   * Where deals of one kind go through their stages.
   *
   * @param order from 1; the first is the account's default
   */
  record Pipeline(int id, int order, String name) {}

  static final Pipeline NEW_BUSINESS = new Pipeline(1, 1, "New business");
  static final Pipeline PARTNERS = new Pipeline(2, 2, "Mitra (partners)");

  static final List<Pipeline> PIPELINES = List.of(NEW_BUSINESS, PARTNERS);

  /** Within a pipeline first to last. */
  static final List<Stage> ALL =
      List.of(
          new Stage(1, NEW_BUSINESS, 1, "Qualified", 10, 14),
          new Stage(2, NEW_BUSINESS, 2, "Contact made", 20, 14),
          new Stage(3, NEW_BUSINESS, 3, "Demo scheduled", 35, 10),
          new Stage(4, NEW_BUSINESS, 4, "Proposal sent", 55, 14),
          new Stage(5, NEW_BUSINESS, 5, "Negotiation", 75, 10),
          new Stage(6, PARTNERS, 1, "Perkenalan", 15, 21),
          new Stage(7, PARTNERS, 2, "Penawaran", 45, 21),
          new Stage(8, PARTNERS, 3, "Negosiasi", 70, 14));

  private static final Map<Pipeline, List<Stage>> BY_PIPELINE =
      ALL.stream().collect(Collectors.groupingBy(Stage::pipeline));

  /** The stages of this pipeline, first to last. */
  static List<Stage> of(Pipeline pipeline) {
    return BY_PIPELINE.getOrDefault(pipeline, List.of());
  }

  /** The stage that a deal is in when this share (0 to 1) of its way lies behind it. */
  static Stage after(Pipeline pipeline, double shareOfTheWay) {
    List<Stage> stages = of(pipeline);
    return stages.get(Math.min(stages.size() - 1, (int) (shareOfTheWay * stages.size())));
  }

  boolean isLast() {
    return ALL.stream().noneMatch(stage -> stage.pipeline.equals(pipeline) && stage.order > order);
  }

  /** The next stage of the same pipeline; the last one stays. */
  Stage next() {
    return isLast() ? this : of(pipeline).get(order);
  }
}
