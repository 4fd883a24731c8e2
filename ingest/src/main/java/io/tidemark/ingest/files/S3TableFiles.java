package io.tidemark.ingest.files;

import io.tidemark.ingest.files.StoreRequests.Operation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.S3ClientFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * A table on S3, or on a server that speaks its language.
 *
 * <p>Hadoop's file system makes the client, with its credentials and endpoint, and is then left out of the way: it asks
 * what a path is before it reads it, and lists folders from their beginning. Here a read is one request, whether the object
 * is there or not, and a listing of the end of a long log begins there.
 */
public final class S3TableFiles implements TableFiles {
    private static final Logger log = LoggerFactory.getLogger(S3TableFiles.class);
    /** Reads of parts of files at the same time, those of all files together. */
    private static final int READERS = 16;

    private static final int IDLE_SECONDS = 10;

    private final URI uri;
    private final S3AFileSystem fs;
    private final S3Client client;
    private final S3Requests requests;
    private final ThreadPoolExecutor readers = readers();
    private final String bucket;
    private final String prefix;

    /**
     * @param root {@code s3://bucket/path}, without credentials
     * @param configuration as {@link ObjectStoreSettings} makes it
     * @throws IOException if the client cannot be set up; the store is not asked
     */
    public S3TableFiles(URI root, Configuration configuration, StoreLimits limits) throws IOException {
        this.uri = root;
        Configuration own = new Configuration(configuration);
        own.setClass("fs.s3a.s3.client.factory.impl", SingleTryClients.class, S3ClientFactory.class);
        own.setLong(SingleTryClients.ANSWER_MILLIS, limits.answer().toMillis());
        // An instance of our own: closing the shared one would close it for everybody.
        this.fs = (S3AFileSystem) FileSystem.newInstance(root, own);
        this.client = fs.getS3AInternals().getAmazonS3Client("reads of one request each");
        this.requests = new S3Requests(limits, new StoreRequests());
        this.bucket = root.getAuthority();
        String path = root.getPath().isEmpty() ? "" : root.getPath().substring(1);
        this.prefix = path.isEmpty() ? "" : path + "/";
    }

    private static ThreadPoolExecutor readers() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor readers = new ThreadPoolExecutor(
                READERS, READERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread reader = new Thread(task, "tidemark-s3-" + number.incrementAndGet());
                    reader.setDaemon(true);
                    return reader;
                });
        readers.allowCoreThreadTimeOut(true);
        return readers;
    }

    @Override
    public URI root() {
        return uri;
    }

    @Override
    public Optional<StoreRequests> storeRequests() {
        return Optional.of(requests.counts());
    }

    @Override
    public Optional<StoredObject> read(String path, long maxBytes) throws IOException {
        GetObjectRequest object = object(path);
        try {
            return Optional.of(requests.send(Operation.GET, path, () -> whole(object, path, maxBytes)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private StoredObject whole(GetObjectRequest object, String path, long maxBytes) throws IOException {
        try (ResponseInputStream<GetObjectResponse> body = client.getObject(object)) {
            Long size = body.response().contentLength();
            if (size == null || size > maxBytes) {
                body.abort();
                throw new IOException(FileReference.quoted(path) + " has " + size + " bytes; at most " + maxBytes
                        + " are read of a file of this kind.");
            }
            byte[] bytes = new byte[Math.toIntExact(size)];
            new S3Body(path, bytes, 0, bytes.length, requests.limits()).readFrom(body, bytes.length);
            requests.counts().addBytes(size);
            return new StoredObject(bytes, new ObjectStat(size, body.response().lastModified(), true));
        }
    }

    /** Asks for nothing yet: a file that is not there is found out by the first read. */
    @Override
    public RandomAccess open(String path, long size) throws IOException {
        return new S3File(this, client, requests, readers, object(path), path, size);
    }

    @Override
    public Optional<ObjectStat> stat(String path) throws IOException {
        String key = key(path);
        try {
            HeadObjectResponse found = requests.send(
                    Operation.HEAD,
                    path,
                    () -> client.headObject(request -> request.bucket(bucket).key(key)));
            return Optional.of(new ObjectStat(found.contentLength(), found.lastModified(), true));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(String folder, String startAt) throws IOException {
        String within = within(folder);
        List<String> names = new ArrayList<>();
        for (ListObjectsV2Response page : pages(within, startAt)) {
            page.commonPrefixes().forEach(found -> names.add(nameOf(found.prefix(), within)));
            page.contents().forEach(found -> names.add(nameOf(found.key(), within)));
        }
        names.removeIf(name -> name.isEmpty() || name.compareTo(startAt) < 0);
        return names;
    }

    @Override
    public List<ListedObject> listObjects(String folder, String startAt) throws IOException {
        String within = within(folder);
        List<ListedObject> objects = new ArrayList<>();
        for (ListObjectsV2Response page : pages(within, startAt)) {
            page.contents()
                    .forEach(found -> objects.add(new ListedObject(
                            nameOf(found.key(), within), new ObjectStat(found.size(), found.lastModified(), true))));
        }
        objects.removeIf(object -> object.name().isEmpty() || object.name().compareTo(startAt) < 0);
        return objects;
    }

    private List<ListObjectsV2Response> pages(String within, String startAt) throws IOException {
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(within).delimiter("/");
        if (!startAt.isEmpty()) {
            request.startAfter(within + justBefore(startAt));
        }
        List<ListObjectsV2Response> pages = new ArrayList<>();
        ListObjectsV2Request next = request.build();
        while (next != null) {
            ListObjectsV2Request asked = next;
            ListObjectsV2Response page = page(within, asked);
            pages.add(page);
            String token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
            next = token == null
                    ? null
                    : asked.toBuilder().continuationToken(token).build();
        }
        return pages;
    }

    private ListObjectsV2Response page(String within, ListObjectsV2Request asked) throws IOException {
        try {
            return requests.send(Operation.LIST, within, () -> client.listObjectsV2(asked));
        } catch (FileNotFoundException e) {
            // A folder without objects is an empty listing: this is no store that knows the bucket.
            throw new StoreException(
                    StoreRequests.Outcome.REFUSED, "The object store answers 404 when asked what the bucket holds.", e);
        }
    }

    /** The store begins after a name, and not at it: so, a name that sorts before, which lets a few too many through. */
    private static String justBefore(String name) {
        int last = name.length() - 1;
        return name.substring(0, last) + (char) (name.charAt(last) - 1);
    }

    private static String nameOf(String key, String within) {
        // What equals the folder is a marker that some tools leave: an empty name here.
        String name = key.substring(within.length());
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    private String within(String folder) throws IOException {
        String inside = FileReference.inside(folder);
        return inside.isEmpty() ? prefix : prefix + inside + "/";
    }

    private GetObjectRequest object(String path) throws IOException {
        return GetObjectRequest.builder().bucket(bucket).key(key(path)).build();
    }

    private String key(String path) throws IOException {
        String inside = FileReference.inside(path);
        if (inside.isEmpty()) {
            throw new FileNotFoundException("The table's root is not a file.");
        }
        return prefix + inside;
    }

    /** S3 has nothing to watch. */
    @Override
    public AutoCloseable watch(String folder, Runnable onChange) {
        return () -> {};
    }

    @Override
    public void close() {
        readers.shutdownNow();
        try {
            fs.close();
        } catch (IOException e) {
            log.debug("Closing {}", uri, e);
        }
    }
}
