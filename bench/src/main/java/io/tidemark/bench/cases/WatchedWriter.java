package io.tidemark.bench.cases;

import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.Times;
import io.tidemark.bench.WrongOutputException;
import io.tidemark.bench.cluster.Instances;
import io.tidemark.bench.cluster.SeededWriter;
import io.tidemark.bench.cluster.Watcher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A writer that goes on by itself, and a client of each instance. */
final class WatchedWriter implements AutoCloseable {
    private static final long COMMIT_EVERY_MILLIS = 500;

    private record Made(long version, double seconds) {}

    private final String about;
    private final SeededWriter writer;
    private final List<Watcher> watchers = new ArrayList<>();
    private final List<Made> made = new ArrayList<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Thread thread = new Thread(this::write, "writer");

    WatchedWriter(String about, Instances cluster, SeededWriter writer) {
        this.about = about;
        this.writer = writer;
        for (int i = 0; i < cluster.size(); i++) {
            int number = i;
            watchers.add(new Watcher(() -> cluster.address(number)));
        }
        thread.start();
    }

    private void write() {
        try {
            while (!stop.get()) {
                writer.change();
                synchronized (made) {
                    made.add(new Made(writer.version(), writer.committedSeconds()));
                }
                TimeUnit.MILLISECONDS.sleep(COMMIT_EVERY_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until all clients have what was newest a moment ago. */
    void settle() throws Exception {
        long newest;
        synchronized (made) {
            newest = made.get(made.size() - 1).version;
        }
        for (Watcher watcher : watchers) {
            watcher.await(newest);
        }
    }

    void stop() throws InterruptedException {
        stop.set(true);
        thread.join();
    }

    /** What the clients saw of the commits made since then. */
    void report(String what, double since, Report report) throws Exception {
        settle();
        List<Made> commits;
        synchronized (made) {
            commits = made.stream().filter(commit -> commit.seconds >= since).toList();
        }
        int number = 0;
        for (Watcher watcher : watchers) {
            double[] seconds = commits.stream()
                    .mapToDouble(commit -> watcher.seenAt(commit.version) - commit.seconds)
                    .filter(age -> age > -1e6)
                    .toArray();
            String client = what + ", client " + number + ", commits are seen after, ";
            report.add(Line.number(about, client + "p50", Times.median(seconds), "s", null)
                    .noting(commits.size() + " commits, " + watcher.connections() + " connections, "
                            + watcher.epochs() + " epoch, " + watcher.gaps() + " gaps, " + watcher.backwards()
                            + " times backwards"));
            report.add(Line.number(about, client + "p95", Times.percentile(seconds, 95), "s", null));
            report.add(Line.number(about, client + "most", Times.percentile(seconds, 100), "s", null));
            if (watcher.gaps() > 0) {
                throw new WrongOutputException("a client was told an update of versions it does not have");
            }
            number++;
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        watchers.forEach(Watcher::close);
    }
}
