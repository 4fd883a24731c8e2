package io.tidemark.views.stream;

/** What users can do about a cluster that is out of order. */
final class Remedies {
    static final String RESET =
            "Stop all instances, reset the cluster as docs/design/cluster.md says, and start them: the views are built anew"
                    + " from the table.";

    private Remedies() {}
}
