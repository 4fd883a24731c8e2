package io.tidemark.ingest.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
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

    private final URI uri;
    private final S3AFileSystem fs;
    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /**
     * @param root {@code s3://bucket/path}, without credentials
     * @param configuration as {@link ObjectStoreSettings} makes it
     * @throws IOException if the client cannot be set up; the store is not asked
     */
    public S3TableFiles(URI root, Configuration configuration) throws IOException {
        this.uri = root;
        // An instance of our own: closing the shared one would close it for everybody.
        this.fs = (S3AFileSystem) FileSystem.newInstance(root, configuration);
        this.client = fs.getS3AInternals().getAmazonS3Client("reads of one request each");
        this.bucket = root.getAuthority();
        String path = root.getPath().isEmpty() ? "" : root.getPath().substring(1);
        this.prefix = path.isEmpty() ? "" : path + "/";
    }

    @Override
    public URI root() {
        return uri;
    }

    @Override
    public Optional<StoredObject> read(String path, long maxBytes) throws IOException {
        String key = key(path);
        try (ResponseInputStream<GetObjectResponse> body =
                client.getObject(request -> request.bucket(bucket).key(key))) {
            long size = body.response().contentLength();
            if (size > maxBytes) {
                body.abort();
                throw new IOException(FileReference.quoted(path) + " has " + size + " bytes; at most " + maxBytes
                        + " are read of a file of this kind.");
            }
            byte[] bytes = body.readNBytes(Math.toIntExact(size));
            if (bytes.length < size) {
                throw new IOException(
                        FileReference.quoted(path) + " broke off after " + bytes.length + " of " + size + " bytes.");
            }
            return Optional.of(
                    new StoredObject(bytes, new ObjectStat(size, body.response().lastModified(), true)));
        } catch (SdkException e) {
            return S3Failures.absent(e, path);
        }
    }

    /** Asks for nothing yet: a file that is not there is found out by the first read. */
    @Override
    public RandomAccess open(String path, long size) throws IOException {
        return new S3File(this, client, bucket, key(path), path, size);
    }

    @Override
    public Optional<ObjectStat> stat(String path) throws IOException {
        String key = key(path);
        try {
            HeadObjectResponse found =
                    client.headObject(request -> request.bucket(bucket).key(key));
            return Optional.of(new ObjectStat(found.contentLength(), found.lastModified(), true));
        } catch (SdkException e) {
            return S3Failures.absent(e, path);
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
        try {
            client.listObjectsV2Paginator(request.build()).forEach(pages::add);
        } catch (SdkException e) {
            throw S3Failures.plain(e, within);
        }
        return pages;
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
        try {
            fs.close();
        } catch (IOException e) {
            log.debug("Closing {}", uri, e);
        }
    }
}
