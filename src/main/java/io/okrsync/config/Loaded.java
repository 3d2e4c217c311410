package io.okrsync.config;

import java.util.List;

/** What came of loading a folder: the whole configuration, or everything that is wrong with it. */
public sealed interface Loaded {
  /**
   * @param remarks advice, by file and from top to bottom
   */
  record Accepted(Configuration configuration, List<Remark> remarks) implements Loaded {
    public Accepted {
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * @param problems at least one, by file and from top to bottom
   */
  record Refused(List<Problem> problems) implements Loaded {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
