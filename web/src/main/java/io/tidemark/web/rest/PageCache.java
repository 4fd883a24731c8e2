package io.tidemark.web.rest;

import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Answers that were made lately: each is made once for its version and query, whoever asks and however many do. Bounded by
 * number and by bytes; the one not used for longest goes first. Safe for use by many threads.
 */
final class PageCache {
    private static final int MAX_PAGES = 512;

    /**
     * What decides an answer.
     *
     * @param query a value; says by its text all that it is
     */
    record Key(String epoch, long version, Record query) {}

    /** Stands for the compressed form of an answer. */
    private record Compressed(Record query) {}

    private final long maxBytes;
    private final Executor workers;
    private final Map<Key, CompletableFuture<Buffer>> pages = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /** @param workers make the answers; rejects when there is too much to do */
    PageCache(long maxBytes, Executor workers) {
        this.maxBytes = maxBytes;
        this.workers = workers;
    }

    /** The answer if it was made, or is being made. */
    synchronized Optional<CompletableFuture<Buffer>> known(Key key) {
        return Optional.ofNullable(pages.get(key));
    }

    /** Takes an answer that was made elsewhere. */
    void keep(Key key, Buffer answer) {
        CompletableFuture<Buffer> page = CompletableFuture.completedFuture(answer);
        boolean isNew;
        synchronized (this) {
            isNew = pages.putIfAbsent(key, page) == null;
        }
        if (isNew) {
            made(key, page, answer.length());
        }
    }

    /**
     * The answer; fails with a {@link ProblemException} if too many are being made.
     *
     * @param content makes it, on a worker
     */
    CompletableFuture<Buffer> page(Key key, Supplier<String> content) {
        return made(key, () -> Buffer.buffer(content.get()));
    }

    /** The same answer compressed, once for all who take it so; fails like {@link #page}. */
    CompletableFuture<Buffer> compressed(Key key, Buffer answer) {
        return made(new Key(key.epoch(), key.version(), new Compressed(key.query())), () -> Gzip.compress(answer));
    }

    private CompletableFuture<Buffer> made(Key key, Supplier<Buffer> content) {
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
            workers.execute(() -> make(key, content, page));
        } catch (RejectedExecutionException e) {
            forget(key, page);
            page.completeExceptionally(new ProblemException(Problem.busy()));
        }
        return page;
    }

    private void make(Key key, Supplier<Buffer> content, CompletableFuture<Buffer> page) {
        try {
            Buffer answer = content.get();
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
