package io.tidemark.web.peer;

import io.tidemark.views.query.ScanPeerException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The answer of another instance, as it comes: filled by an event loop, and taken by one thread that may wait. No more of it is held
 * than a bound and a frame; the other side waits then. Closing it before its end cuts it off, and the other side stops working.
 */
final class PeerCall implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 20;
    private static final long CHECK_MILLIS = 50;

    private final String address;
    private final long patienceNanos;
    private final FrameParser parser = new FrameParser(this::arrived);

    // Guarded by this.
    private final Deque<Frame> frames = new ArrayDeque<>();
    private int bytes;
    private long heardNanos = System.nanoTime();
    private String trouble; // null: none
    private boolean ended;
    private boolean closed;
    private HttpClientRequest request; // null: not connected yet
    private HttpClientResponse response; // null: not answered yet
    private Context context;
    private boolean paused;

    /** @param patienceNanos a peer that says nothing for so long is given up */
    PeerCall(String address, long patienceNanos) {
        this.address = address;
        this.patienceNanos = patienceNanos;
    }

    String address() {
        return address;
    }

    /** Says what the call is made with; on an event loop. */
    synchronized void connected(HttpClientRequest made) {
        request = made;
        if (closed) {
            made.reset();
        }
    }

    /** Says that an answer begins; on its event loop. */
    void answered(HttpClientResponse begun, Context on) {
        synchronized (this) {
            response = begun;
            context = on;
        }
        begun.exceptionHandler(failure -> failed("broke off its answer"));
        if (begun.statusCode() != 200) {
            failed("answered with status " + begun.statusCode());
            begun.request().reset();
            return;
        }
        begun.endHandler(end -> failed("ended its answer early"));
        begun.handler(some -> {
            try {
                parser.add(some);
            } catch (IllegalArgumentException e) {
                failed("answered with something else than was asked for");
                begun.request().reset();
            }
        });
    }

    private synchronized void arrived(Frame frame) {
        heardNanos = System.nanoTime();
        if (frame.kind() != Frame.Kind.WAIT && !ended) {
            ended = frame.isLast();
            frames.add(frame);
            bytes += frame.payload().length;
            if (bytes > MOST_BYTES && !paused) {
                paused = true;
                response.pause();
            }
        }
        notifyAll();
    }

    /** Says that there will be no more; only the first reason counts, and none after the end. */
    synchronized void failed(String why) {
        if (!ended && trouble == null) {
            trouble = why;
            notifyAll();
        }
    }

    /**
     * The next piece; not to be called after the last.
     *
     * @param check called now and then while this waits; what it throws, this throws
     * @throws ScanPeerException if none comes
     */
    Frame next(Runnable check) {
        long began = System.nanoTime();
        while (true) {
            check.run();
            synchronized (this) {
                Frame frame = frames.poll();
                if (frame != null) {
                    taken(frame);
                    return frame;
                }
                if (trouble != null) {
                    throw exception(trouble);
                }
                long since = Math.max(began, heardNanos);
                if (System.nanoTime() - since > patienceNanos) {
                    throw exception("said nothing for " + TimeUnit.NANOSECONDS.toSeconds(patienceNanos) + " s");
                }
                await();
            }
        }
    }

    private void await() {
        try {
            wait(CHECK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw exception("was not waited for");
        }
    }

    private void taken(Frame frame) {
        bytes -= frame.payload().length;
        if (paused && bytes <= MOST_BYTES / 2) {
            paused = false;
            HttpClientResponse waiting = response;
            context.runOnContext(ignored -> waiting.resume());
        }
    }

    /** What users are told of it. */
    ScanPeerException exception(String why) {
        return new ScanPeerException("The instance at " + address + " " + why
                + ", and has files that this answer needs. Try again in a moment.");
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!ended && request != null) {
            request.reset();
        }
    }
}
