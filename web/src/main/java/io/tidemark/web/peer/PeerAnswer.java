package io.tidemark.web.peer;

import io.tidemark.views.query.ScanStoppedException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;

/**
 * An answer to another instance, sent piece by piece by a thread that waits while too much is on its way. While there is nothing to
 * send, it says now and then that work goes on, so that the other side can tell a slow instance from a dead one.
 */
final class PeerAnswer {
    private static final int WINDOW = 4 << 20;
    private static final int PIECE = 64 << 10;
    private static final long SAY_EVERY_MILLIS = 1_000;
    /** Whoever takes nothing for so long is gone without a word. */
    private static final long STALL_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final HttpServerResponse response;
    private final Context context;
    private final long timer;

    // Guarded by this.
    private long unsent;
    private boolean sending;
    private boolean gone;

    /** To be made on the request's event loop. */
    PeerAnswer(HttpServerResponse response, Context context) {
        this.response = response.setChunked(true);
        this.context = context;
        this.timer = context.owner().setPeriodic(SAY_EVERY_MILLIS, id -> context.runOnContext(ignored -> sayWait()));
    }

    private void sayWait() {
        synchronized (this) {
            if (sending || unsent > 0 || gone) {
                return;
            }
        }
        if (!response.closed() && !response.ended()) {
            response.write(Frame.of(Frame.Kind.WAIT).encode()).onFailure(failure -> gone());
        }
    }

    /** Says that the other side has closed its connection. */
    synchronized void gone() {
        gone = true;
        notifyAll();
    }

    /** @throws ScanStoppedException if nobody takes it any more */
    void send(Frame frame) {
        Buffer all = frame.encode();
        setSending(true);
        for (int at = 0; at < all.length(); at += PIECE) {
            Buffer piece = all.slice(at, Math.min(all.length(), at + PIECE));
            awaitRoom(piece.length());
            context.runOnContext(ignored -> write(piece));
        }
        setSending(false);
    }

    private synchronized void setSending(boolean now) {
        sending = now;
    }

    private synchronized void awaitRoom(int bytes) {
        long began = System.nanoTime();
        while (unsent >= WINDOW && !gone) {
            if (System.nanoTime() - began > STALL_NANOS) {
                throw new ScanStoppedException(ScanStoppedException.Cause.CANCELLED);
            }
            try {
                wait(SAY_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                gone = true;
            }
        }
        if (gone) {
            throw new ScanStoppedException(ScanStoppedException.Cause.CANCELLED);
        }
        unsent += bytes;
    }

    private void write(Buffer piece) {
        if (response.closed() || response.ended()) {
            gone();
            return;
        }
        response.write(piece).onComplete(written -> {
            synchronized (this) {
                unsent -= piece.length();
                gone |= written.failed();
                notifyAll();
            }
        });
    }

    /** Sends a last piece; on any thread, once. */
    void end(Frame last) {
        context.runOnContext(ignored -> {
            context.owner().cancelTimer(timer);
            if (!response.closed() && !response.ended()) {
                response.end(last.encode());
            }
        });
    }
}
