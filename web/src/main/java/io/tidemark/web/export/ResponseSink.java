package io.tidemark.web.export;

import io.tidemark.web.export.ExportStoppedException.Cause;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An export as the answer to a request. What was written and has not left the process is counted by the transport's futures, as Vert.x
 * itself takes any amount: beyond a window, whoever sends waits. A client that takes nothing for too long is cut off.
 *
 * <p>The head goes with the first bytes, so that until then a failure can be told in its place; or after a few seconds, so that nobody
 * on the way takes silence for death.
 */
public final class ResponseSink implements ExportSink {
    private static final int PIECE = 64 << 10;
    private static final int WINDOW = 4 * PIECE;
    private static final long HEAD_WITHIN_MILLIS = 5_000;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final long stallNanos;
    private final Consumer<HttpServerResponse> head;

    // Guarded by this.
    private long unsent;
    private long lastTaken = System.nanoTime();
    private boolean gone;
    private boolean ended;

    // Used on the event loop only.
    private boolean headed;
    private boolean failed;

    /**
     * @param context the request's
     * @param head sets status and headers, on the event loop
     */
    public ResponseSink(HttpServerRequest request, Context context, Duration stall, Consumer<HttpServerResponse> head) {
        this.request = request;
        this.response = request.response();
        this.context = context;
        this.stallNanos = stall.toNanos();
        this.head = head;
    }

    /** Says that the client has closed its connection. */
    public synchronized void gone() {
        gone = true;
        notifyAll();
    }

    /** Sends the head soon, even if there are no bytes. */
    public void begin() {
        context.owner().setTimer(HEAD_WITHIN_MILLIS, timer -> context.runOnContext(ignored -> head()));
    }

    private void head() {
        if (headed || failed || response.closed()) {
            return;
        }
        headed = true;
        ExportConnection.endureSilence(request.connection());
        response.setChunked(true).putHeader("Connection", "close");
        head.accept(response);
        response.writeHead().onFailure(failure -> gone());
    }

    @Override
    public void send(byte[] bytes, int length) {
        for (int at = 0; at < length; at += PIECE) {
            int count = Math.min(PIECE, length - at);
            awaitRoom(count);
            Buffer piece = Buffer.buffer(count).appendBytes(bytes, at, count);
            context.runOnContext(ignored -> write(piece));
        }
    }

    private void write(Buffer piece) {
        head();
        if (failed || response.closed() || response.ended()) {
            gone();
            return;
        }
        response.write(piece).onComplete(written -> taken(piece.length(), written));
    }

    private synchronized void taken(int bytes, AsyncResult<Void> written) {
        unsent -= bytes;
        lastTaken = System.nanoTime();
        gone |= written.failed();
        notifyAll();
    }

    private synchronized void awaitRoom(int bytes) {
        while (unsent >= WINDOW && !gone) {
            awaitTaken();
        }
        check();
        if (unsent == 0) {
            // Until now there was nothing to take.
            lastTaken = System.nanoTime();
        }
        unsent += bytes;
    }

    /** Bytes that the client has not taken. */
    public synchronized long unsent() {
        return unsent;
    }

    /**
     * Ends the answer, and returns when the client has all of it.
     *
     * @throws ExportStoppedException if it does not take the rest
     */
    public void end() {
        synchronized (this) {
            lastTaken = System.nanoTime();
        }
        context.runOnContext(ignored -> {
            head();
            if (failed || response.closed()) {
                gone();
                return;
            }
            response.end().onComplete(done -> {
                synchronized (this) {
                    ended = true;
                    gone |= done.failed();
                    notifyAll();
                }
                // It is watched by nobody any more.
                request.connection().close().onFailure(failure -> {});
            });
        });
        synchronized (this) {
            while (!ended && !gone) {
                awaitTaken();
            }
            if (!ended) {
                check();
            }
        }
    }

    private void check() {
        if (gone) {
            throw new ExportStoppedException(Cause.CLIENT_GONE);
        }
    }

    private synchronized void awaitTaken() {
        long left = stallNanos - (System.nanoTime() - lastTaken);
        if (left <= 0) {
            throw new ExportStoppedException(Cause.STALLED);
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExportStoppedException(Cause.SHUTDOWN);
        }
    }

    /**
     * Gives the answer up. If its head is sent, the connection is cut: nobody can take what he has for all.
     *
     * @param instead runs on the event loop if no head was sent
     */
    public void fail(Runnable instead) {
        context.runOnContext(ignored -> {
            if (failed) {
                return;
            }
            failed = true;
            if (headed) {
                ExportConnection.sever(request.connection());
            } else {
                instead.run();
            }
        });
    }
}
