package io.tidemark.ingest.files;

import io.tidemark.ingest.files.StoreRequests.Operation;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object of S3, each read one request. All reads are of the object that the first one found. */
final class S3File implements RandomAccess {
    private final S3TableFiles files;
    private final S3Client client;
    private final S3Requests requests;
    private final ExecutorService pool;
    private final GetObjectRequest object;
    private final String path;
    private long size;
    /** The store's tag of the object; null before the first answer. */
    private volatile String tag;

    /**
     * @param pool makes several reads at once
     * @param size in bytes, or -1 if unknown
     */
    S3File(
            S3TableFiles files,
            S3Client client,
            S3Requests requests,
            ExecutorService pool,
            GetObjectRequest object,
            String path,
            long size) {
        this.files = files;
        this.client = client;
        this.requests = requests;
        this.pool = pool;
        this.object = object;
        this.path = path;
        this.size = size;
    }

    @Override
    public long size() throws IOException {
        if (size < 0) {
            size = files.stat(path)
                    .orElseThrow(() -> new FileNotFoundException(path))
                    .size();
        }
        return size;
    }

    @Override
    public Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        S3Body body = new S3Body(path, target, offset, length, requests.limits());
        requests.send(Operation.GET, path, () -> {
            readOn(body, position + body.done(), position + length);
            return null;
        });
        requests.counts().addBytes(length);
    }

    private void readOn(S3Body body, long from, long end) throws IOException {
        GetObjectRequest request = object.toBuilder()
                .range("bytes=" + from + "-" + (end - 1))
                .ifMatch(tag)
                .build();
        try (ResponseInputStream<GetObjectResponse> in = client.getObject(request)) {
            GetObjectResponse answer = in.response();
            boolean asAsked = answer.contentRange() == null
                    ? from == 0
                    : answer.contentRange().startsWith("bytes " + from + "-");
            if (!asAsked || answer.contentLength() == null) {
                in.abort();
                throw new IOException("The object store answers with something else than the part of "
                        + FileReference.quoted(path) + " that was asked for.");
            }
            if (tag == null) {
                tag = answer.eTag();
            }
            long has = answer.contentLength();
            body.readFrom(in, (int) Math.min(has, end - from));
            if (has > end - from) {
                in.abort();
            } else if (has < end - from) {
                throw new EOFException(FileReference.quoted(path) + " ends at byte " + (from + has) + ".");
            }
        }
    }

    /** One request each, at the same time. */
    @Override
    public void read(List<Part> parts) throws IOException {
        if (parts.size() < 2) {
            RandomAccess.super.read(parts);
            return;
        }
        List<Callable<Void>> reads = new ArrayList<>();
        for (Part part : parts) {
            reads.add(() -> {
                read(part.position(), part.target(), part.offset(), part.length());
                return null;
            });
        }
        try {
            for (Future<Void> read : pool.invokeAll(reads)) {
                read.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Interrupted while reading").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("Cannot read " + FileReference.quoted(path) + ".", e.getCause());
        }
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    /** Nothing is held open between reads. */
    @Override
    public void close() {}
}
