package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.cube.Contribution;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.config.LimitSettings.Most;
import io.tidemark.web.config.Rate;
import io.tidemark.web.live.HubLimits;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that reads nothing costs little, delays nobody, and is closed in the end. */
@Timeout(120)
class StuckClientIT {
    private static final HubLimits LIMITS =
            new HubLimits(Most.of(3), 4, 4, 64 << 10, Duration.ofSeconds(3), 16, 1024, 1 << 20, 1_000, Rate.UNLIMITED);

    private enum Way {
        WEBSOCKET {
            @Override
            void subscribe(Socket socket, Served served) throws IOException {
                upgrade(socket, "/live/websocket", SUBSCRIBE);
            }
        },
        SOCKJS_WEBSOCKET {
            @Override
            void subscribe(Socket socket, Served served) throws IOException {
                upgrade(socket, "/live/000/stuck/websocket", FRAMED);
            }
        },
        SOCKJS_XHR_STREAMING {
            @Override
            void subscribe(Socket socket, Served served) throws IOException {
                ask(socket, "POST /live/000/stuck/xhr_streaming", "Content-Length: 0\r\n", "200");
                assertThat(served.post("/live/000/stuck/xhr_send", FRAMED).statusCode())
                        .isEqualTo(204);
            }
        },
        SERVER_SENT_EVENTS {
            @Override
            void subscribe(Socket socket, Served served) throws IOException {
                ask(socket, "GET /api/v1/stream", "", "200");
            }
        };

        /** Subscribes; reads the head of the answer and then nothing. */
        abstract void subscribe(Socket socket, Served served) throws IOException;
    }

    private static final String SUBSCRIBE = "{\"op\":\"subscribe\",\"id\":\"main\"}";
    private static final String FRAMED = "[\"" + SUBSCRIBE.replace("\"", "\\\"") + "\"]";

    private final FakeTable table = FakeTable.create();

    @ParameterizedTest
    @EnumSource(Way.class)
    void aStuckClientDelaysNobodyAndIsClosed(Way way) throws Exception {
        Random random = new Random(7);
        table.add(table.file(Rows.random(random)));
        try (Served served = new Served(LIMITS, List.of(), table);
                Socket stuck = new Socket()) {
            stuck.setReceiveBufferSize(4096);
            stuck.connect(new InetSocketAddress("127.0.0.1", served.port));
            way.subscribe(stuck, served);
            Subscriber quick = new Subscriber("main");
            try (Transport.Connection connection = Transport.WEBSOCKET.open(served.port, "", quick::received)) {
                connection.send("{\"op\":\"subscribe\",\"id\":\"main\"}");
                double merged = 0;
                // Until more was held back than kernels buffer, and then until the stuck one is gone.
                for (int i = 0; i < 200_000 && (merged == 0 || subscribers(served) > 1); i++) {
                    ViewState state = table.add(table.file(Rows.random(random)));
                    quick.reach(state.epoch(), state.version());
                    if (i % 500 == 0) {
                        merged = served.metric("tidemark_updates_merged_total");
                    }
                }
                assertThat(merged).as("updates merged instead of queued").isPositive();
                assertThat(subscribers(served)).as("the stuck one is closed").isEqualTo(1);
            }
        }
    }

    @Test
    void filtersWithMoreGroupsThanFitAreRefusedAndOneThatOutgrowsThemIsEnded() throws Exception {
        table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
        Subscriber subscriber = new Subscriber("a");
        try (Served served = new Served(LIMITS, List.of(), table);
                Transport.Connection socket = Transport.WEBSOCKET.open(served.port, "", subscriber::received)) {
            socket.send("{\"op\":\"subscribe\",\"id\":\"all\"}");
            socket.send("{\"op\":\"subscribe\",\"id\":\"web\",\"filter\":{\"channel\":\"web\"}}");
            subscriber.next("snapshot");
            subscriber.next("snapshot");
            List<Contribution> files = new ArrayList<>();
            for (int i = 0; i < LIMITS.groups(); i++) {
                files.add(table.file(Rows.HOUR, 1, "web", "type " + i, "ios", "a"));
            }

            table.add(files.toArray(Contribution[]::new));

            JsonObject error = subscriber.next("error");
            assertThat(error.getString("id")).isEqualTo("web");
            assertThat(error.getString("code")).isEqualTo("too-many-filters");
            socket.send("{\"op\":\"subscribe\",\"id\":\"again\",\"filter\":{\"channel\":\"web\"}}");
            assertThat(subscriber.next("error").getString("id")).isEqualTo("again");
            socket.send("{\"op\":\"subscribe\",\"id\":\"few\",\"filter\":{\"type\":\"page_view\"}}");
            assertThat(subscriber.next("snapshot").getString("id")).isEqualTo("few");
        }
    }

    @Test
    void moreSocketsAndSubscriptionsThanAllowedAreRefused() throws Exception {
        table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
        Subscriber subscriber = new Subscriber("a");
        try (Served served = new Served(LIMITS, List.of(), table);
                Transport.Connection first = Transport.WEBSOCKET.open(served.port, "", subscriber::received)) {
            for (int i = 0; i <= LIMITS.subscriptions(); i++) {
                first.send("{\"op\":\"subscribe\",\"id\":\"" + i + "\",\"filter\":{\"channel\":\"" + i + "\"}}");
            }
            assertThat(subscriber.next("error").getString("code")).isEqualTo("too-many-subscriptions");
            Subscriber other = new Subscriber("a");
            try (Transport.Connection second = Transport.WEBSOCKET.open(served.port, "", other::received)) {
                second.send("{\"op\":\"subscribe\",\"id\":\"x\",\"filter\":{\"channel\":\"other\"}}");
                assertThat(other.next("error").getString("code")).isEqualTo("too-many-filters");
                second.send("{\"op\":\"subscribe\",\"id\":\"x\",\"filter\":{\"channel\":\"1\"}}");
                assertThat(other.next("snapshot").getString("id")).isEqualTo("x");
            }
        }
    }

    private static int subscribers(Served served) throws IOException {
        return (int) served.metric("tidemark_subscribers");
    }

    private static void ask(Socket socket, String request, String headers, String status) throws IOException {
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head).startsWith("HTTP/1.1 " + status);
    }

    private static void upgrade(Socket socket, String path, String message) throws IOException {
        ask(
                socket,
                "GET " + path,
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                "101");
        byte[] payload = message.getBytes(StandardCharsets.UTF_8);
        OutputStream out = socket.getOutputStream();
        out.write(0x81);
        out.write(0x80 | payload.length);
        // A mask of zeros.
        out.write(new byte[4]);
        out.write(payload);
        out.flush();
    }
}
