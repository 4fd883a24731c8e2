package io.tidemark.web.rest;

import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.store.ViewState;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Answers that were made lately: each is made once for its version and query, whoever asks and however many do. Bounded by
 * number and by bytes; the one not used for longest goes first. Safe for use by many threads.
 */
final class PageCache {
    private static final int MAX_PAGES = 512;

    private record Key(String epoch, long version, PageQuery query) {}

    private final long maxBytes;
    private final ServedLimits limits;
    private final Executor workers;
    private final Map<Key, CompletableFuture<Buffer>> pages = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /** @param workers make the answers; rejects when there is too much to do */
    PageCache(long maxBytes, ServedLimits limits, Executor workers) {
        this.maxBytes = maxBytes;
        this.limits = limits;
        this.workers = workers;
    }

    /** The answer; fails with a {@link ProblemException} if too many are being made. */
    CompletableFuture<Buffer> page(ViewState state, PageQuery query) {
        Key key = new Key(state.epoch(), state.version(), query);
        CompletableFuture<Buffer> page;
        synchronized (this) {
            CompletableFuture<Buffer> known = pages.get(key);
            if (known != null) {
                return known;
            }
            page = new CompletableFuture<>();
            pages.put(key, page);
        }
        try {
            workers.execute(() -> make(key, state, query, page));
        } catch (RejectedExecutionException e) {
            forget(key, page);
            page.completeExceptionally(new ProblemException(Problem.busy()));
        }
        return page;
    }

    private void make(Key key, ViewState state, PageQuery query, CompletableFuture<Buffer> page) {
        try {
            Buffer answer = Buffer.buffer(query.answer(state, limits));
            made(key, page, answer.length());
            page.complete(answer);
        } catch (RuntimeException | Error e) {
            forget(key, page);
            page.completeExceptionally(e);
        }
    }

    private synchronized void made(Key key, CompletableFuture<Buffer> page, int length) {
        if (pages.get(key) == page) {
            bytes += length;
        }
        Iterator<Map.Entry<Key, CompletableFuture<Buffer>>> eldest =
                pages.entrySet().iterator();
        while ((pages.size() > MAX_PAGES || bytes > maxBytes) && eldest.hasNext()) {
            CompletableFuture<Buffer> candidate = eldest.next().getValue();
            // One that is still being made is not counted yet, and someone waits for it.
            if (candidate.isDone() && !candidate.isCompletedExceptionally()) {
                bytes -= candidate.join().length();
                eldest.remove();
            }
        }
    }

    private synchronized void forget(Key key, CompletableFuture<Buffer> page) {
        pages.remove(key, page);
    }
}
