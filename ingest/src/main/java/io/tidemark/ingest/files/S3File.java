package io.tidemark.ingest.files;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object of S3, each read one request. */
final class S3File implements RandomAccess {
    private final S3TableFiles files;
    private final S3Client client;
    private final String bucket;
    private final String key;
    private final String path;
    private long size;

    /** @param size in bytes, or -1 if unknown */
    S3File(S3TableFiles files, S3Client client, String bucket, String key, String path, long size) {
        this.files = files;
        this.client = client;
        this.bucket = bucket;
        this.key = key;
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
    public void read(long position, byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        String range = "bytes=" + position + "-" + (position + length - 1);
        try (ResponseInputStream<GetObjectResponse> body =
                client.getObject(request -> request.bucket(bucket).key(key).range(range))) {
            if (position > 0 && body.response().contentRange() == null) {
                body.abort();
                throw new IOException("The object store answers with all of " + FileReference.quoted(path)
                        + " when asked for a part of it.");
            }
            int read = body.readNBytes(target, offset, length);
            if (read < length) {
                throw new EOFException(
                        FileReference.quoted(path) + " ends, or broke off, at byte " + (position + read) + ".");
            }
        } catch (SdkException e) {
            throw S3Failures.plain(e, path);
        }
    }

    /** Nothing is held open between reads. */
    @Override
    public void close() {}
}
