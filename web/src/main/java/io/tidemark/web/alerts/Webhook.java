package io.tidemark.web.alerts;

import io.tidemark.web.config.WebhookSettings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts messages to one address, in order, one at a time. What fails is tried again with growing pauses; what the other side
 * refuses for good (a status of 4xx other than 408 and 429, or a redirect) is not. Safe for use by many threads.
 */
public final class Webhook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final String HMAC = "HmacSHA256";

    private final Vertx vertx;
    private final Context context;
    private final WebClient client;
    private final WebhookSettings settings;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicInteger size = new AtomicInteger();

    // On the context only.
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean closed;

    /** @param id the same for each attempt, so that the other side can tell a repetition */
    private record Delivery(String id, Buffer body) {}

    public Webhook(Vertx vertx, WebhookSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.context = vertx.getOrCreateContext();
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setFollowRedirects(false)
                        .setUserAgent("Tidemark")
                        .setConnectTimeout((int) settings.timeout().toMillis()));
    }

    /** Sends a text of JSON, after those before. */
    public void send(String json) {
        Delivery delivery = new Delivery(UUID.randomUUID().toString(), Buffer.buffer(json));
        context.runOnContext(ignored -> {
            if (waiting.size() >= settings.waiting()) {
                waiting.pollFirst();
                dropped.incrementAndGet();
            }
            waiting.addLast(delivery);
            size.set(waiting.size());
            sendNext();
        });
    }

    private void sendNext() {
        if (busy || closed) {
            return;
        }
        Delivery next = waiting.pollFirst();
        size.set(waiting.size());
        if (next != null) {
            busy = true;
            attempt(next, 0);
        }
    }

    private void attempt(Delivery delivery, int failures) {
        if (closed) {
            return;
        }
        HttpRequest<Buffer> request = client.postAbs(settings.address().toString())
                .timeout(settings.timeout().toMillis())
                .putHeader(HttpHeaders.CONTENT_TYPE.toString(), "application/json")
                .putHeader("Tidemark-Delivery", delivery.id());
        settings.secret()
                .ifPresent(secret ->
                        request.putHeader("Tidemark-Signature", "sha256=" + signature(secret, delivery.body())));
        request.sendBuffer(delivery.body())
                .onComplete(answer -> context.runOnContext(ignored -> {
                    if (answer.succeeded() && isSuccess(answer.result())) {
                        sent.incrementAndGet();
                        done();
                    } else if (answer.succeeded() && isFinal(answer.result())) {
                        giveUp("it answered " + answer.result().statusCode());
                    } else if (failures + 1 >= settings.attempts()) {
                        giveUp(
                                answer.succeeded()
                                        ? "it answered " + answer.result().statusCode()
                                        : answer.cause().getClass().getSimpleName());
                    } else {
                        long pause = settings.pauseAfter(
                                        failures + 1,
                                        ThreadLocalRandom.current().nextDouble())
                                .toMillis();
                        vertx.setTimer(pause, timer -> context.runOnContext(on -> attempt(delivery, failures + 1)));
                    }
                }));
    }

    private static boolean isSuccess(HttpResponse<Buffer> answer) {
        return answer.statusCode() / 100 == 2;
    }

    private static boolean isFinal(HttpResponse<Buffer> answer) {
        int status = answer.statusCode();
        return status >= 300 && status < 500 && status != 408 && status != 429;
    }

    private void giveUp(String why) {
        failed.incrementAndGet();
        LOG.warn(
                "An alert could not be posted to the webhook at {}: {}",
                settings.address().getHost(),
                why);
        done();
    }

    private void done() {
        busy = false;
        sendNext();
    }

    /** HMAC-SHA256 of a body, in hex. */
    static String signature(String secret, Buffer body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + HMAC, e);
        }
    }

    /** Messages that were taken by the other side. */
    public long sent() {
        return sent.get();
    }

    /** Messages that were given up. */
    public long failed() {
        return failed.get();
    }

    /** Messages that did not fit into the queue. */
    public long dropped() {
        return dropped.get();
    }

    /** Messages that wait, without the one that is being sent. */
    public int waiting() {
        return size.get();
    }

    /** Gives up what waits. */
    @Override
    public void close() {
        context.runOnContext(ignored -> {
            closed = true;
            waiting.clear();
            size.set(0);
        });
        client.close();
    }
}
