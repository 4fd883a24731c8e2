package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.StoreLimits;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.s3.Fault;
import io.tidemark.s3.S3Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An object store that fails in every way, while a commit is waiting: what is served stays exact, the reason is told apart, the
 * store is not hammered, and following goes on by itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreFaultsIT {
    private static final StoreLimits QUICK =
            new StoreLimits(Duration.ofMillis(600), 8 << 10, 2, Duration.ofSeconds(3), Duration.ofMillis(20));

    /** Shorter than any that the tailer makes after a failure. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private S3Server server;
    private LakeTable table;

    @BeforeAll
    void start(@TempDir Path dir) throws Exception {
        server = new S3Server(dir.resolve("s3"));
        table = new LakeTable(server, "faults", dir.resolve("state"), QUICK, 500);
        table.follow(Duration.ofMillis(50));
    }

    @AfterAll
    void stop() throws Exception {
        if (table != null) {
            table.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void allIsWell() throws Exception {
        table.proxy.strike(new Fault.None());
        table.awaitLive();
        table.takeStates();
    }

    /** Whatever happened: each version that was ever served had just the rows that the table had at it. */
    @AfterEach
    void everyVersionThatWasServedWasExact() {
        assertThat(table.served()).isEqualTo(table.expectedOfServed());
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new Fault.Refused(), "", "cannot be reached"),
                Arguments.of(new Fault.Reset(), "", "closed the connection"),
                Arguments.of(new Fault.Stalled(), ".json", "too slowly"),
                Arguments.of(new Fault.Truncated(), ".json", "broke off"),
                Arguments.of(new Fault.Dripping(), ".json", "too slowly"),
                Arguments.of(new Fault.Answer(403, "AccessDenied"), "", "forbids to read"),
                Arguments.of(new Fault.Answer(400, "ExpiredToken"), "", "have expired"),
                Arguments.of(new Fault.Answer(403, "RequestTimeTooSkewed"), "", "clock"),
                Arguments.of(new Fault.Answer(404, "NoSuchBucket"), "", "bucket does not exist"),
                Arguments.of(new Fault.Answer(500, "InternalError"), "", "error of its own"),
                Arguments.of(new Fault.Answer(503, "SlowDown"), "", "slow down"),
                Arguments.of(new Fault.Reset(), ".parquet", "closed the connection"),
                Arguments.of(new Fault.Stalled(), ".parquet", "too slowly"),
                Arguments.of(new Fault.Truncated(), ".parquet", "broke off"),
                Arguments.of(new Fault.Answer(404, "NoSuchKey"), ".parquet", "is not there"),
                Arguments.of(new Fault.Answer(500, "InternalError"), ".parquet", "error of its own"));
    }

    /** @param part of the paths that are struck */
    @ParameterizedTest(name = "{0} on ''{1}''")
    @MethodSource("faults")
    void aFaultIsSatOutAtAnExactVersionAndGotOver(Fault fault, String part, String reason) throws Exception {
        long before = table.version();
        table.proxy.strike(fault, path -> path.contains(part));
        table.append(300);

        String told = table.awaitStale();
        assertThat(told).contains(reason).doesNotContain(S3Server.KEY, S3Server.SECRET, "127.0.0.1", "\n");
        assertThat(table.servedVersion()).isEqualTo(before);
        // Between pauses of half a second, a second and so on, a few requests each.
        table.proxy.take();
        Eventually.holds("it pauses", () -> table.proxy.quiet().compareTo(PAUSE) > 0);
        assertThat(table.proxy.count()).as("no hot loop").isLessThan(12);

        table.proxy.strike(new Fault.None());
        table.awaitLive();
    }

    @Test
    void aLogThatSeemsEmptyForAWhileChangesNothing() throws Exception {
        long before = table.version();
        table.proxy.strike(new Fault.Answer(404, "NoSuchKey"), path -> path.contains("_delta_log"));
        table.append(300);
        Eventually.holds("it was asked some times", () -> table.proxy.count() > 4);
        assertThat(table.servedVersion()).isEqualTo(before);

        table.proxy.strike(new Fault.None());
        table.awaitLive();
    }

    @Test
    void aFaultThatPassesWithinAReadIsNotEvenTold() throws Exception {
        AtomicInteger struck = new AtomicInteger();
        table.takeStates();
        table.proxy.strike(
                new Fault.Answer(503, "SlowDown"), path -> path.contains(".parquet") && struck.incrementAndGet() == 1);
        table.append(300);

        table.awaitLive();
        assertThat(struck.get()).as("asked again").isEqualTo(2);
        assertThat(table.takeStates()).doesNotContain(TailState.STALE);
        table.proxy.strike(new Fault.None());
    }

    @Test
    void aServerThatIsKilledInTheMiddleOfAReadIsWaitedFor() throws Exception {
        long before = table.version();
        table.append(300);
        table.awaitLive();
        table.proxy.strike(new Fault.Stalled(), path -> path.contains(".parquet"));
        table.append(300);
        table.proxy.take();
        Eventually.holds(
                "the data file is being read",
                () -> table.proxy.take().stream().anyMatch(e -> e.path().contains(".parquet")));
        server.kill();
        assertThat(table.awaitStale()).isNotEmpty();
        assertThat(table.servedVersion()).isEqualTo(before + 1);

        table.proxy.strike(new Fault.None());
        server.start();
        table.awaitLive();
    }
}
