package io.tidemark.bench.cases;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * One table in a cluster, simulated commit by commit: the tail says its files, the instances scan those of theirs, the merge takes the
 * step when all are there. Tail and merge are one task each, whatever the number of instances; a file's rows are scanned by one thread.
 *
 * @param eventsAMinute all the time
 * @param instances of two threads each
 */
record ClusterLoad(long eventsAMinute, int instances, UnitCosts costs, Fixed fixed) {
    static final String HEADER = """
        | events a minute | instances | tail busy | scans busy | merge busy | commit to view p50 | p99 | first to saturate |
        |---|---|---|---|---|---|---|---|\
        """;

    private static final double COMMIT_SECONDS = 5;
    private static final double MOST_ROWS_A_FILE = 1_000_000;
    private static final double ROWS_A_SESSION = 20;
    private static final double FILES_A_SESSION = 2;
    private static final int THREADS = 2;
    private static final int COMMITS = 400;

    /**
     * What does not depend on rows.
     *
     * @param stepMicros processor time of a step in the tail, and again in the merge: transactions, records, an hour's blocks
     * @param hopMillis what a step waits on its way: ticks, polls and transactions
     * @param mergedSession share of a session's cost that is the merge's
     */
    record Fixed(double stepMicros, double hopMillis, double mergedSession) {}

    private record Outcome(double tail, double scans, double merge, double p50, double p99) {
        String first() {
            double most = Math.max(tail, Math.max(scans, merge));
            String name = most == merge ? "merge" : most == scans ? "scans" : "tail";
            return most >= 1 ? name + ", beyond its end" : name;
        }
    }

    String row() {
        Outcome outcome = simulate(new Random(1));
        return String.format(
                Locale.ROOT,
                "| %,d | %d | %.0f %% | %.0f %% | %.0f %% | %s | %s | %s |",
                eventsAMinute,
                instances,
                100 * outcome.tail,
                100 * outcome.scans,
                100 * outcome.merge,
                outcome.first().endsWith("end") ? "grows" : seconds(outcome.p50),
                outcome.first().endsWith("end") ? "grows" : seconds(outcome.p99),
                outcome.first());
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f s" : "%.0f s", value);
    }

    private Outcome simulate(Random random) {
        double rows = eventsAMinute / 60.0 * COMMIT_SECONDS;
        int files = (int) Math.max(1, Math.ceil(rows / MOST_ROWS_A_FILE));
        double sessionsOfFile = rows / files / ROWS_A_SESSION * FILES_A_SESSION;
        double scan = (costs.fileMicros()
                        + rows / files * costs.rowMicros()
                        + sessionsOfFile * costs.sessionMicros() * (1 - fixed.mergedSession))
                / 1e6;
        double merge = (fixed.stepMicros + files * sessionsOfFile * costs.sessionMicros() * fixed.mergedSession) / 1e6;
        double tail = fixed.stepMicros / 1e6;
        double[][] threads = new double[instances][THREADS];
        double tailFree = 0;
        double mergeFree = 0;
        double[] took = new double[COMMITS];
        for (int i = 0; i < COMMITS; i++) {
            double now = i * COMMIT_SECONDS;
            tailFree = Math.max(tailFree, now) + tail;
            double all = tailFree;
            for (int file = 0; file < files; file++) {
                double[] of = threads[random.nextInt(instances)];
                int idle = of[0] <= of[1] ? 0 : 1;
                of[idle] = Math.max(of[idle], tailFree) + scan;
                all = Math.max(all, of[idle]);
            }
            mergeFree = Math.max(mergeFree, all) + merge;
            took[i] = mergeFree - now + fixed.hopMillis / 1e3;
        }
        Arrays.sort(took);
        return new Outcome(
                tail / COMMIT_SECONDS,
                files * scan / (COMMIT_SECONDS * instances * THREADS),
                merge / COMMIT_SECONDS,
                took[COMMITS / 2],
                took[COMMITS * 99 / 100]);
    }
}
