package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.StoreLimits;
import io.tidemark.ingest.files.StoreRequests;
import io.tidemark.ingest.files.StoreRequests.Operation;
import io.tidemark.ingest.files.StoreRequests.Outcome;
import io.tidemark.s3.FaultProxy.Exchange;
import io.tidemark.s3.S3Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What following a table costs, counted on the way to the server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreRequestsIT {
    private S3Server server;
    private LakeTable table;

    @BeforeAll
    void start(@TempDir Path dir) throws Exception {
        server = new S3Server(dir.resolve("s3"));
        table = new LakeTable(server, "counted", dir.resolve("state"), StoreLimits.DEFAULT, 400);
        table.follow(Duration.ofMillis(40));
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

    private static String commit(long version) {
        return String.format("%020d.json", version);
    }

    @Test
    void anIdlePollIsOneRequest() throws Exception {
        table.awaitLive();
        table.proxy.take();
        Eventually.holds("it was asked some times", () -> table.proxy.count() >= 20);

        List<Exchange> asked = new ArrayList<>(table.proxy.take());
        // Each 10 s of idleness the last commit is compared, each 30 s the log is looked past.
        asked.removeIf(exchange -> exchange.path().contains(commit(table.version()))
                || exchange.path().contains("list-type=2"));
        assertThat(asked)
                .hasSizeGreaterThanOrEqualTo(18)
                .allSatisfy(exchange -> assertThat(exchange.path()).contains(commit(table.version() + 1)));
    }

    @Test
    void aCommitWithOneSmallFileIsThreeRequests() throws Exception {
        table.awaitLive();
        table.proxy.take();
        table.append(200);
        table.awaitLive();

        List<Exchange> asked = new ArrayList<>(table.proxy.take());
        // Polls before and after it, that found nothing.
        asked.removeIf(exchange -> exchange.status() == 404);
        asked.removeIf(exchange -> exchange.path().contains("list-type=2"));
        assertThat(asked).hasSize(3);
        assertThat(asked.get(0).path()).contains(commit(table.version()));
        assertThat(asked.get(1).path()).as("the history is compared").contains(commit(table.version() - 1));
        assertThat(asked.get(2).path()).as("whole").contains(".parquet");
    }

    @Test
    void ofABigFileOnlyTheColumnsNeededAreRead() throws Exception {
        table.awaitLive();
        table.proxy.take();
        table.append(150_000);
        table.awaitLive();

        List<Exchange> asked = table.proxy.take().stream()
                .filter(exchange -> exchange.path().contains(".parquet"))
                .toList();
        long size = fileSize(asked.get(0).path());
        long read = asked.stream().mapToLong(Exchange::bytes).sum();
        assertThat(size).as("it is a big one").isGreaterThan(2 << 20);
        assertThat(asked).as("its end, and a few parts").hasSizeLessThanOrEqualTo(8);
        assertThat(read).isLessThan(size * 3 / 4);
    }

    private long fileSize(String path) {
        String key = path.substring(path.indexOf('/', 1) + 1).replaceFirst("\\?.*", "");
        try (var client = server.client()) {
            return client.headObject(request -> request.bucket(server.bucket()).key(key))
                    .contentLength();
        }
    }

    @Test
    void theMetricCountsWhatTheServerIsAsked() throws Exception {
        table.awaitLive();
        table.proxy.take();
        long before = requests();
        Eventually.holds("it was asked some times", () -> table.proxy.count() >= 10);
        int seen = table.proxy.take().size();

        // One may be on its way.
        assertThat(requests() - before).isBetween(seen - 2L, seen + 2L);
    }

    private long requests() {
        StoreRequests requests = table.engine.storeRequests().orElseThrow();
        long sum = 0;
        for (Operation operation : Operation.values()) {
            for (Outcome outcome : Outcome.values()) {
                sum += requests.count(operation, outcome);
            }
        }
        return sum;
    }
}
