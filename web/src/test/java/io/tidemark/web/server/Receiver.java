package io.tidemark.web.server;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other side of a webhook: answers as it is told, and keeps what it got. */
final class Receiver implements AutoCloseable {

    /** @param signature null if there was none */
    record Post(String body, String delivery, String signature) {
        JsonObject json() {
            return new JsonObject(body);
        }
    }

    private final HttpServer server;
    private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<Integer> answers;

    /** @param first statuses of the first answers; the others are 204 */
    Receiver(Integer... first) throws IOException {
        answers = new ConcurrentLinkedQueue<>(List.of(first));
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            posts.add(new Post(
                    body,
                    exchange.getRequestHeaders().getFirst("Tidemark-Delivery"),
                    exchange.getRequestHeaders().getFirst("Tidemark-Signature")));
            Integer status = answers.poll();
            exchange.sendResponseHeaders(status == null ? 204 : status, -1);
            exchange.close();
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    Post next() throws InterruptedException {
        Post post = posts.poll(20, TimeUnit.SECONDS);
        if (post == null) {
            throw new AssertionError("Nothing was posted for 20 seconds");
        }
        return post;
    }

    List<Post> rest() {
        List<Post> rest = new ArrayList<>();
        posts.drainTo(rest);
        return rest;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
