package io.okrsync.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of sources and runs.
 *
 * @param source the only source whose runs are listed; null where all are
 */
public record RunsView(List<SourceCard> sources, List<RunRow> runs, @Nullable String source) {}
