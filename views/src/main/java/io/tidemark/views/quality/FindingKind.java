package io.tidemark.views.quality;

import java.util.Optional;
import java.util.stream.Stream;

/** What can be found. The titles are part of the public surface: in the status, and as a label of a metric. */
public enum FindingKind {
    /** Commits that claim to only rearrange rows, after which the counts are others. */
    OPTIMIZE_CHANGED_COUNTS("optimize-changed-counts", Severity.WARNING, Course.PASSING),
    /** Files whose statistics state another number of rows than they hold. */
    ROWS_DISAGREE("rows-disagree", Severity.WARNING, Course.PASSING),
    /** Live rows without a time. */
    NULL_TIMES("null-times", Severity.WARNING, Course.LASTING),
    /** Live rows with a time that is yet to come. */
    FUTURE_TIMES("future-times", Severity.WARNING, Course.LASTING),
    /** A dimension with so many live values that it groups nothing. */
    EXPLODING_VALUES("exploding-values", Severity.WARNING, Course.LASTING),
    /** No commit for much longer than the writer's rhythm lets expect. */
    WRITER_QUIET("writer-quiet", Severity.WARNING, Course.LASTING),
    COLUMNS_APPEARED("columns-appeared", Severity.NOTICE, Course.PASSING),
    COLUMNS_VANISHED("columns-vanished", Severity.NOTICE, Course.PASSING);

    /** How much it matters. */
    public enum Severity {
        /** Worth knowing; may well be meant. */
        NOTICE,
        /** The numbers may not mean what they seem to. */
        WARNING
    }

    private enum Course {
        /** Happened at a version; each time counts. */
        PASSING,
        /** Holds until it does not any more; its count is what is so now. */
        LASTING
    }

    private final String title;
    private final Severity severity;
    private final Course course;

    FindingKind(String title, Severity severity, Course course) {
        this.title = title;
        this.severity = severity;
        this.course = course;
    }

    public String title() {
        return title;
    }

    public Severity severity() {
        return severity;
    }

    /** True if it holds for as long as its cause does; false if it happened, and stays told of for a while. */
    public boolean isLasting() {
        return course == Course.LASTING;
    }

    static Optional<FindingKind> of(String title) {
        return Stream.of(values()).filter(kind -> kind.title.equals(title)).findFirst();
    }
}
