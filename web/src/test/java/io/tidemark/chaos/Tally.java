package io.tidemark.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run did, in one table at its end. */
final class Tally {
    private static final class Row {
        private int rounds;
        private int kills;
        private int withoutVersion;
        private long shown;
        private long ahead;
        private long millis;
    }

    private final Map<String, Row> rows = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * A round that went well.
     *
     * @param shown newest version that a client was shown in this life or before
     * @param stored version of the state, with which {@code verify} found all equal; -1: none
     */
    void round(String kind, int kills, long shown, long stored, long millis) {
        Row row = rows.computeIfAbsent(kind, any -> new Row());
        row.rounds++;
        row.kills += kills;
        row.millis += millis;
        row.shown = Math.max(row.shown, shown);
        if (stored < 0) {
            row.withoutVersion++;
        } else if (stored > shown) {
            row.ahead++;
        }
    }

    void note(String note) {
        notes.add(note);
    }

    int kills() {
        return rows.values().stream().mapToInt(row -> row.kills).sum();
    }

    void print() {
        System.out.println(String.format(
                Locale.ROOT,
                "%-28s %7s %7s %16s %24s %12s",
                "killed",
                "rounds",
                "kills",
                "newest shown",
                "stored beyond the shown",
                "seconds each"));
        rows.forEach((kind, row) -> System.out.println(String.format(
                Locale.ROOT,
                "%-28s %7d %7d %16d %24d %12.1f",
                kind,
                row.rounds,
                row.kills,
                row.shown,
                row.ahead,
                row.millis / 1000.0 / row.rounds)));
        notes.forEach(System.out::println);
    }
}
