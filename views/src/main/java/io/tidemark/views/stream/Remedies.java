package io.tidemark.views.stream;

/** What users can do about a cluster that is out of order. */
final class Remedies {
    static final String RESET =
            "Stop all instances, run: tidemark tables reset, and start them: the views are built anew from the table.";

    private Remedies() {}
}
