package io.tidemark.ingest.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** A part of an array that is filled from answers' bodies: from the next one where the last broke off. Not thread-safe. */
final class S3Body {
    private final String path;
    private final byte[] target;
    private final int offset;
    private final int length;
    private final StoreLimits limits;
    private int done;

    S3Body(String path, byte[] target, int offset, int length, StoreLimits limits) {
        this.path = path;
        this.target = target;
        this.offset = offset;
        this.length = length;
        this.limits = limits;
    }

    /** Bytes that are there. */
    int done() {
        return done;
    }

    /**
     * Reads on.
     *
     * @param most how many bytes the body has
     * @throws StoreException if it breaks off, or takes too long; it is aborted then, since to close it means to read it to its end
     */
    void readFrom(ResponseInputStream<?> body, int most) throws IOException {
        int end = Math.min(length, done + most);
        try (Cutoff cutoff = Cutoff.after(limits.timeFor(end - done), body::abort)) {
            try {
                while (done < end) {
                    int count = body.read(target, offset + done, end - done);
                    if (count < 0) {
                        throw new IOException("it ended");
                    }
                    done += count;
                }
            } catch (InterruptedIOException e) {
                body.abort();
                throw Thread.currentThread().isInterrupted() ? e : failed(e, cutoff);
            } catch (IOException | SdkException e) {
                body.abort();
                throw failed(e, cutoff);
            }
        }
    }

    private StoreException failed(Exception cause, Cutoff cutoff) {
        String where = FileReference.quoted(path);
        String sofar = done + " of " + length + " bytes";
        return new StoreException(
                StoreRequests.Outcome.FAILED,
                cutoff.reached()
                        ? "The object store sends " + where + " too slowly: " + sofar + " in " + seconds(cutoff.time())
                                + "."
                        : "The object store's answer for " + where + " broke off after " + sofar + ".",
                cause);
    }

    static String seconds(Duration time) {
        long millis = time.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
