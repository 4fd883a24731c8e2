package io.tidemark.web.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.query.ScanPeerException;
import io.tidemark.views.query.ScanStoppedException;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.export.ExportFormat;
import io.tidemark.web.export.ExportStoppedException;
import io.tidemark.web.export.ExportStoppedException.Cause;
import io.tidemark.web.export.Exports;
import io.tidemark.web.scan.ScanPool;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances that share scans and exports: with each other, and with what is no good instance. */
@Timeout(120)
class PeersTest {
    private static final Instant END = Instant.parse("2026-03-04T12:00:00Z");
    private static final Filter SOME = new Filter(
            Optional.of(Instant.parse("2026-03-03T17:20:00Z")),
            Optional.of(Instant.parse("2026-03-04T08:50:30Z")),
            Map.of("channel", Set.of(Optional.of("web"), Optional.of("mobile"))));
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static SharedFork one;
    private static SharedFork two;
    private static String there;

    @BeforeAll
    static void start() throws Exception {
        Path table = directory.resolve("table");
        Generate.run(
                new GenerateOptions(table.toString(), new Configuration(), 30_000, 400, 0, 24, END, 0, 7),
                line -> {},
                () -> false);
        vertx = Vertx.vertx();
        one = new SharedFork(vertx, table, directory.resolve("one"), PATIENCE);
        two = new SharedFork(vertx, table, directory.resolve("two"), PATIENCE);
        there = two.listen();
        for (SharedFork fork : List.of(one, two)) {
            holds(() -> fork.engine
                    .state()
                    .filter(state -> state.cube().rows() == 30_000)
                    .isPresent());
        }
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void alone() {
        one.shareWith((String) null);
    }

    private static void holds(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(2);
        }
    }

    /** What a state says under a filter. */
    private static String said(ViewState state, Filter filter) {
        CubeSpec spec = state.spec();
        RollUp views = RollUp.of(
                spec,
                state.cube(),
                state.combinations(),
                new Filter(Optional.empty(), Optional.empty(), filter.values()));
        return state.distinct() + " sessions, " + views;
    }

    @Test
    void aScanThatTwoInstancesShareGivesWhatOneGives() {
        String alone = said(one.scanned(SOME), SOME);
        long before = two.peers.answered();

        one.shareWith(null, there);

        assertThat(said(one.scanned(SOME), SOME)).isEqualTo(alone);
        assertThat(two.peers.answered()).isGreaterThan(before);
        one.shareWith(there);
        assertThat(said(one.scanned(SOME), SOME)).isEqualTo(alone);
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"CSV", "NDJSON"})
    void aDownloadThatInstancesShareHasTheSameBytes(ExportFormat format) {
        byte[] alone = one.exported(format, SOME);
        long before = two.peers.answered();

        one.shareWith(null, there, there);
        assertThat(one.exported(format, SOME)).isEqualTo(alone);
        one.shareWith(there);
        assertThat(one.exported(format, SOME)).isEqualTo(alone);
        assertThat(two.peers.answered()).isGreaterThan(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 150, 3_000, 70_000})
    void aDownloadGoesOnWhenAnInstanceIsCutOff(int bytes) throws IOException {
        byte[] alone = one.exported(ExportFormat.CSV, Filter.ALL);
        try (OddPeer cut = OddPeer.cutting(there, bytes)) {
            one.shareWith(cut.address());

            assertThat(one.exported(ExportFormat.CSV, Filter.ALL)).isEqualTo(alone);
        }
    }

    private static void assertNamed(String address, String what) {
        one.shareWith(null, address);
        assertThatThrownBy(() -> one.scanned(SOME))
                .isInstanceOf(ScanPeerException.class)
                .hasMessageContaining("The instance at " + address)
                .hasMessageContaining(what);
    }

    @Test
    void aSlowInstanceIsNotWaitedForLongAndNamed() throws IOException {
        try (OddPeer slow = OddPeer.silent()) {
            assertNamed(slow.address(), "said nothing for 4 s");
        }
    }

    @Test
    void aDeadInstanceIsNamed() throws IOException {
        OddPeer dead = OddPeer.silent();
        dead.close();

        assertNamed(dead.address(), "cannot be reached");
    }

    @Test
    void anInstanceThatAnswersForAnotherTableIsNamed() throws IOException {
        try (OddPeer lying = OddPeer.saying(Frame.of(Frame.Kind.HELLO, "another-table"), Frame.of(Frame.Kind.END))) {
            assertNamed(lying.address(), "answers for another table");
        }
    }

    @Test
    void anAnswerThatIsNotWholeIsNotTaken() throws IOException {
        String id = one.engine.state().orElseThrow().metadata().id();
        Frame hello = Frame.of(Frame.Kind.HELLO, id);
        try (OddPeer few = OddPeer.saying(hello, Frame.of(Frame.Kind.END));
                OddPeer cut = OddPeer.saying(hello);
                OddPeer garbled = OddPeer.saying(hello, new Frame(Frame.Kind.COUNTS, new byte[] {1, 2, 3}));
                OddPeer other = OddPeer.saying("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>");
                OddPeer failing = OddPeer.saying(hello, Frame.of(Frame.Kind.FAILED, "no disk"));
                OddPeer web = OddPeer.saying("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")) {
            assertNamed(few.address(), "something else than was asked for");
            assertNamed(cut.address(), "ended its answer early");
            assertNamed(garbled.address(), "something else than was asked for");
            assertNamed(other.address(), "something else than was asked for");
            assertNamed(failing.address(), "could not do its share (no disk)");
            assertNamed(web.address(), "status 404");
        }
    }

    @Test
    void whoDoesNotServeTheTableIsDoneWithout() throws IOException {
        String alone = said(one.scanned(SOME), SOME);
        try (OddPeer other = OddPeer.saying(Frame.of(Frame.Kind.NOT_SERVED))) {
            one.shareWith(null, other.address());

            assertThat(said(one.scanned(SOME), SOME)).isEqualTo(alone);
        }
    }

    @Test
    void nothingIsDoneForWhoDoesNotKnowTheToken() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        URI uri = URI.create("http://" + there + PeerServer.PATH);
        long before = two.peers.answered();

        for (String shown :
                List.of("", "Bearer", "Bearer wrong", "Bearer " + SharedFork.TOKEN + "x", SharedFork.TOKEN)) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("Authorization", shown)
                    .POST(HttpRequest.BodyPublishers.ofString("x"))
                    .build();
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(401);
        }
        HttpRequest garbage = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + SharedFork.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(http.send(garbage, BodyHandlers.discarding()).statusCode()).isEqualTo(400);
        assertThat(two.peers.answered()).isEqualTo(before);
    }

    @Test
    void whenAScanIsCancelledSoIsWhatOthersDoForIt() throws Exception {
        try (OddPeer slow = OddPeer.silent()) {
            one.shareWith(slow.address(), there);
            ScanPool.Running<ViewState> running = one.begin(SOME);
            running.cancel();

            assertThatThrownBy(() -> running.result().join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ScanStoppedException.class);
            holds(() -> two.peers.working() == 0);
        }
    }

    @Test
    void whenADownloadIsGivenUpSoIsWhatOthersDoForIt() throws Exception {
        one.shareWith(there);
        try (Exports.Ticket ticket = one.exports.admit().orElseThrow()) {
            assertThatThrownBy(() -> one.export(ticket, ExportFormat.NDJSON, Filter.ALL, (bytes, length) -> {
                        ticket.stop(Cause.CLIENT_GONE);
                    }))
                    .isInstanceOf(ExportStoppedException.class);
        }
        holds(() -> two.peers.working() == 0);
        assertThat(one.exports.bytesAhead()).isZero();
    }
}
