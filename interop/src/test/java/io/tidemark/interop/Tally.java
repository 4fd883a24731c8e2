package io.tidemark.interop;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a run did. */
final class Tally {
    private final Map<String, long[]> operations = new TreeMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    final Set<String> stumbles = new TreeSet<>();
    int checks;
    int checksBetween;
    int lostVersions;
    int staleChecks;
    int recoveries;
    int restarts;
    long residentMiB;

    void done(String operation, long commits) {
        long[] counts = operations.computeIfAbsent(operation, any -> new long[2]);
        counts[0]++;
        counts[1] += commits;
    }

    void refused(String operation, String why) {
        refusals.merge(operation + ": " + why, 1, Integer::sum);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("compared: " + checks + " times after an operation, " + checksBetween
                + " versions on the way (" + lostVersions + " that Spark could not read any more), " + staleChecks
                + " times while stale; went on by itself " + recoveries + " times; restarts " + restarts
                + "; resident memory at most " + residentMiB + " MiB\noperations (times, commits):\n");
        operations.forEach((name, counts) -> text.append("  %-45s %5d %6d%n".formatted(name, counts[0], counts[1])));
        text.append("refused by Spark:\n");
        refusals.forEach((what, times) ->
                text.append("  ").append(times).append(" × ").append(what).append('\n'));
        text.append("stale for a moment, and then not:\n");
        stumbles.forEach(reason -> text.append("  ").append(reason).append('\n'));
        return text.toString();
    }
}
