package io.tidemark.views.quality;

import java.time.Instant;
import java.util.Objects;

/**
 * One oddity. There is one a kind and subject: what happens again is counted.
 *
 * <p>The texts may hold names from the table. Here they become short and free of control characters; whoever shows them
 * has to show them as text.
 *
 * @param subject what of the table it is about, for instance a dimension; empty: the table
 * @param since version at which it was found first
 * @param version at which it was found last, or at which its count changed last
 * @param at when that was, by the service's clock
 * @param count how many there are: commits, files, rows, values or columns
 * @param message for users: what, where, and what to do
 */
public record Finding(
        FindingKind kind, String subject, long since, long version, Instant at, long count, String message) {
    static final int SUBJECT_CHARS = 120;
    static final int MESSAGE_CHARS = 600;

    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(at, "at");
        subject = Words.plain(subject, SUBJECT_CHARS);
        message = Words.plain(message, MESSAGE_CHARS);
    }

    /** A finding that is made now. */
    public static Finding now(FindingKind kind, String subject, long version, Instant at, long count, String message) {
        return new Finding(kind, subject, version, version, at, count, message);
    }

    Finding withSince(long version) {
        return new Finding(kind, subject, version, this.version, at, count, message);
    }

    /** This one and, after it, the same again. */
    Finding again(Finding next) {
        long sum = count + Math.min(next.count, Long.MAX_VALUE - count);
        return new Finding(kind, subject, since, next.version, next.at, sum, next.message);
    }

    /** True if it says the same, whenever it does. */
    boolean saysAs(Finding other) {
        return count == other.count && message.equals(other.message);
    }
}
