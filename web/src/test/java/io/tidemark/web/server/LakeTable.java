package io.tidemark.web.server;

import io.tidemark.ingest.files.ObjectStoreSettings;
import io.tidemark.ingest.files.StoreLimits;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.files.TableLocation;
import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.s3.FaultProxy;
import io.tidemark.s3.S3Server;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.engine.EmbeddedEngine;
import io.tidemark.web.engine.TableListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A table on a real S3 server: written directly, followed through a proxy that counts requests and strikes them. */
final class LakeTable implements AutoCloseable {
    private static final Instant END = Instant.parse("2026-01-03T00:00:00Z");

    final FaultProxy proxy;
    final EmbeddedEngine engine;
    private final S3Server server;
    private final String uri;
    private long seed;

    /** How many rows the table has at each version. */
    private final NavigableMap<Long, Long> rows = new TreeMap<>();
    /** How many events were served at each version. */
    private final NavigableMap<Long, Long> served = new ConcurrentSkipListMap<>();

    private final List<TailState> states = new CopyOnWriteArrayList<>();
    private volatile TailStatus status;

    /** @param rowsAtFirst of the first commit */
    LakeTable(S3Server server, String name, Path state, StoreLimits limits, long rowsAtFirst) throws Exception {
        this.server = server;
        uri = "s3://" + server.bucket() + "/" + name;
        append(rowsAtFirst);
        proxy = new FaultProxy(server.port());
        TableFiles files = TableLocation.parse(uri).open(S3Server.environment(proxy.port()), limits);
        engine = EmbeddedEngine.open(name, files, state, FakeTable.SPEC);
        engine.listen(new TableListener() {
            @Override
            public void onStep(Applied step) {
                served.put(step.state().version(), events(step.state()));
            }

            @Override
            public void onStatus(TailStatus now) {
                status = now;
                states.add(now.state());
            }
        });
    }

    private static long events(ViewState state) {
        return state.cube().rows();
    }

    void follow(Duration pollInterval) throws Exception {
        engine.start(2, pollInterval);
        awaitLive();
    }

    /** Commits one file. */
    void append(long count) throws Exception {
        Generate.Result done = Generate.run(
                new GenerateOptions(
                        uri,
                        ObjectStoreSettings.configuration(server.environment()),
                        count,
                        count,
                        0,
                        48,
                        END,
                        0,
                        seed++),
                line -> {},
                () -> false);
        rows.put(
                done.lastVersion(),
                count + (rows.isEmpty() ? 0 : rows.lastEntry().getValue()));
    }

    long version() {
        return rows.lastKey();
    }

    long servedVersion() {
        return engine.state().map(state -> state.version()).orElse(-1L);
    }

    /** Waits until all that was committed is served, and nothing is wrong. */
    void awaitLive() throws Exception {
        Eventually.holds(
                "version " + version() + " is live; " + status,
                () -> servedVersion() == version() && status.state() == TailState.LIVE);
    }

    /** Waits until following stopped, and gives the reason. */
    String awaitStale() throws Exception {
        Eventually.holds("it is stale; " + status, () -> status.state() == TailState.STALE);
        return status.reason().orElseThrow();
    }

    /** The states since this was asked last. */
    List<TailState> takeStates() {
        List<TailState> taken = List.copyOf(states);
        states.clear();
        return taken;
    }

    /** What each version that was ever served should have had. */
    NavigableMap<Long, Long> expectedOfServed() {
        NavigableMap<Long, Long> expected = new TreeMap<>(rows);
        expected.keySet().retainAll(served.keySet());
        return expected;
    }

    NavigableMap<Long, Long> served() {
        return served;
    }

    @Override
    public void close() throws Exception {
        engine.close();
        proxy.close();
    }
}
