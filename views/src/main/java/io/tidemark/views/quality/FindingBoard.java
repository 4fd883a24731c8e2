package io.tidemark.views.quality;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was found of one table: one finding a kind and subject, and no more than {@link #MOST}. For any thread.
 *
 * <p>A lasting finding is reported for as long as it holds, and then resolved. One of something that happened is counted
 * again whenever it happens again, and leaves the board {@link #TOLD_FOR} after the last time.
 */
public final class FindingBoard {
    static final int MOST = 50;
    static final Duration TOLD_FOR = Duration.ofDays(7);

    private final Map<Key, Finding> findings = new HashMap<>();
    /** Since when lasting findings held before a restart, if they are found again. */
    private final Map<Key, Long> heldSince = new HashMap<>();

    private final Map<FindingKind, LongAdder> raised = new EnumMap<>(FindingKind.class);
    private long changes;

    private record Key(FindingKind kind, String subject) {
        static Key of(Finding finding) {
            return new Key(finding.kind(), finding.subject());
        }
    }

    public FindingBoard() {
        for (FindingKind kind : FindingKind.values()) {
            raised.put(kind, new LongAdder());
        }
    }

    /** Something was found, or still holds. */
    public synchronized void report(Finding finding) {
        Key key = Key.of(finding);
        Finding before = findings.get(key);
        if (before != null && isOver(before, finding.at())) {
            findings.remove(key);
            before = null;
        }
        if (finding.kind().isLasting()) {
            reportLasting(key, before, finding);
        } else {
            raised.get(finding.kind()).add(finding.count());
            changes++;
            put(key, before == null ? finding : before.again(finding));
        }
    }

    private void reportLasting(Key key, Finding before, Finding finding) {
        if (before == null) {
            raised.get(finding.kind()).increment();
            changes++;
            Long held = heldSince.remove(key);
            put(key, held == null ? finding : finding.withSince(held));
        } else if (!before.saysAs(finding)) {
            findings.put(key, finding.withSince(before.since()));
        }
    }

    private void put(Key key, Finding finding) {
        if (findings.size() >= MOST && !findings.containsKey(key)) {
            findings.values().removeIf(other -> isOver(other, finding.at()));
        }
        if (findings.size() >= MOST && !findings.containsKey(key)) {
            // The oldest one: what lasts is reported again.
            findings.values().stream()
                    .min(Comparator.comparing(Finding::at))
                    .ifPresent(oldest -> findings.remove(Key.of(oldest)));
        }
        findings.put(key, finding);
    }

    /** A lasting finding does not hold, or no longer. */
    public synchronized void resolve(FindingKind kind, String subject) {
        Key key = new Key(kind, Words.plain(subject, Finding.SUBJECT_CHARS));
        heldSince.remove(key);
        if (findings.remove(key) != null) {
            changes++;
        }
    }

    /** What is to be told now: the newest first. */
    public synchronized List<Finding> newest(Instant now) {
        List<Finding> newest = new ArrayList<>(findings.values());
        newest.removeIf(finding -> isOver(finding, now));
        newest.sort(Comparator.comparing(Finding::at)
                .reversed()
                .thenComparing(Finding::kind)
                .thenComparing(Finding::subject));
        return newest;
    }

    /** How often a kind was found since the start: things that happened one by one, what lasts each time that it began. */
    public long raised(FindingKind kind) {
        return raised.get(kind).sum();
    }

    private static boolean isOver(Finding finding, Instant now) {
        return !finding.kind().isLasting() && finding.at().plus(TOLD_FOR).isBefore(now);
    }

    /** Another history begins: what was found is of another one. */
    synchronized void clear() {
        heldSince.clear();
        if (!findings.isEmpty()) {
            findings.clear();
            changes++;
        }
    }

    /** Grows with whatever ought to outlive a restart. */
    synchronized long changes() {
        return changes;
    }

    /** Takes up what was found before a restart. What lasts is shown when it is found again. */
    synchronized void restore(List<Finding> before) {
        for (Finding finding : before) {
            if (finding.kind().isLasting()) {
                heldSince.put(Key.of(finding), finding.since());
            } else if (findings.size() < MOST) {
                findings.put(Key.of(finding), finding);
            }
        }
    }
}
