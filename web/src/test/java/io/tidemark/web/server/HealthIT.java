package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.files.TableLocation;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.web.engine.EmbeddedEngine;
import io.tidemark.web.engine.TableListener;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of each state to whoever starts processes, and to whoever sends users to them. */
class HealthIT {
    private final FakeTable table = FakeTable.create();

    @ParameterizedTest
    @CsvSource({
        // state, whether a version is served; then /healthz and /readyz
        "WAITING,       false, 200, 503",
        "BOOTSTRAPPING, false, 200, 503",
        "STALE,         false, 200, 503",
        "CATCHING_UP,   true,  200, 200",
        "LIVE,          true,  200, 200",
        "STALE,         true,  200, 200",
        "WAITING,       true,  200, 200",
        "FAILED,        true,  503, 503",
        "FAILED,        false, 503, 503",
    })
    void aStartIsAskedForOnlyWhereItHelpsAndUsersOnlyWhereThereIsSomethingToShow(
            TailState state, boolean served, int healthz, int readyz) throws IOException {
        if (served) {
            table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
        }
        table.status(state, "for a reason");
        try (Served service = new Served(table)) {
            assertThat(service.get("/healthz").statusCode()).isEqualTo(healthz);
            assertThat(service.get("/readyz").statusCode()).isEqualTo(readyz);
            if (healthz == 503) {
                RestIT.assertProblem(service.get("/healthz"), 503, "lost");
                assertThat(service.get("/healthz").body()).contains("events").doesNotContain("for a reason");
            }
        }
    }

    @Test
    void oneTableThatIsLostAmongSeveralIsNamed() throws IOException {
        FakeTable lost = new FakeTable("lost-one", FakeTable.SPEC);
        table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
        lost.add(lost.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
        lost.status(TailState.FAILED, "gone");
        try (Served service = new Served(table, lost)) {
            assertThat(service.get("/healthz").body()).contains("lost-one").doesNotContain("events");
        }
    }

    @Test
    void aTableWhoseThreadWasLostIsLost(@TempDir Path dir) throws Exception {
        Path log = Files.createDirectories(dir.resolve("table").resolve("_delta_log"));
        Files.writeString(
                log.resolve("00000000000000000000.json"),
                "{\"protocol\":{\"minReaderVersion\":9,\"minWriterVersion\":9}}\n");
        EmbeddedEngine engine = EmbeddedEngine.open(
                "events",
                TableLocation.open(dir.resolve("table").toString(), Map.of()),
                dir.resolve("state"),
                FakeTable.SPEC);
        engine.listen(new TableListener() {
            @Override
            public void onStatus(TailStatus status) {
                if (status.state() == TailState.STALE) {
                    // While it is told why it stopped: nothing is there to catch it.
                    throw new NoClassDefFoundError("a library that cannot be loaded; thrown by a test");
                }
            }
        });
        try (Served service = new Served(engine)) {
            assertThat(service.get("/healthz").statusCode()).isEqualTo(200);

            engine.start(1, Duration.ofMillis(20));

            Eventually.holds("it is lost", () -> service.get("/healthz").statusCode() == 503);
            assertThat(engine.status().state()).as("it could not even say so").isEqualTo(TailState.STALE);
        } finally {
            engine.close();
        }
    }

    @Test
    void anEventLoopThatIsBlockedGivesNoAnswer() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FakeTable blocking = new FakeTable("events", FakeTable.SPEC) {
            @Override
            public boolean isLost() {
                entered.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return false;
            }
        };
        try (Served service = new Served(blocking);
                Socket first = ask(service.port);
                Socket second = new Socket("127.0.0.1", service.port)) {
            entered.await();
            second.getOutputStream().write(REQUEST);
            second.setSoTimeout(300);
            assertThatThrownBy(() -> second.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            release.countDown();
            second.setSoTimeout(30_000);
            assertThat(second.getInputStream().read()).isEqualTo('H');
            assertThat(first.getInputStream().read()).isEqualTo('H');
        } finally {
            release.countDown();
        }
    }

    private static final byte[] REQUEST =
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static Socket ask(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream().write(REQUEST);
        return socket;
    }
}
