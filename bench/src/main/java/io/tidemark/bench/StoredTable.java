package io.tidemark.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/** A copy of a local table on the S3 server that {@code AWS_ENDPOINT_URL} names, which goes on by small commits. */
public final class StoredTable implements AutoCloseable {
    private static final String BUCKET = System.getProperty("lake.bucket", "tidemark-bench");

    private final S3Client client;
    private final String prefix;
    private long version;

    /**
     * @param local table that is copied as it is
     * @param name of the folder in the bucket
     * @param environment with the {@code AWS_} variables
     */
    public StoredTable(Path local, String name, Map<String, String> environment) throws IOException {
        prefix = name + "/";
        client = S3Client.builder()
                .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL")))
                .forcePathStyle(true)
                .build();
        try {
            client.createBucket(request -> request.bucket(BUCKET));
        } catch (BucketAlreadyOwnedByYouException e) {
            // Of an earlier run.
        }
        Path root = local.toRealPath();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String path = root.relativize(file).toString();
                put(path, RequestBody.fromFile(file));
                if (path.matches("_delta_log.\\d{20}\\.json")) {
                    version = Math.max(version, Long.parseLong(path.substring(11, 31)));
                }
            }
        }
    }

    /**
     * The variables of this process.
     *
     * @throws IllegalArgumentException if they name no server
     */
    public static Map<String, String> environment() {
        if (!System.getenv().containsKey("AWS_ENDPOINT_URL")) {
            throw new IllegalArgumentException(
                    "lake: set AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION.");
        }
        return System.getenv();
    }

    public String uri() {
        return "s3://" + BUCKET + "/" + prefix.substring(0, prefix.length() - 1);
    }

    /** Of the last commit. */
    public long version() {
        return version;
    }

    /**
     * Commits one more file.
     *
     * @return when the store had said that the commit is there, in {@link System#nanoTime}
     */
    public long commit(byte[] file) {
        version++;
        String data = "more-" + version + ".parquet";
        put(data, RequestBody.fromBytes(file));
        String actions = String.join(
                "\n",
                List.of(
                        "{\"commitInfo\":{\"timestamp\":" + System.currentTimeMillis() + ",\"operation\":\"WRITE\"}}",
                        "{\"add\":{\"path\":\"" + data + "\",\"partitionValues\":{},\"size\":" + file.length
                                + ",\"modificationTime\":" + System.currentTimeMillis() + ",\"dataChange\":true}}",
                        ""));
        put(commitPath(), RequestBody.fromString(actions));
        return System.nanoTime();
    }

    /** What a bucket's webhook would say of the last commit. */
    public String notification() {
        String key = prefix + commitPath();
        return "{\"EventName\":\"s3:ObjectCreated:Put\",\"Key\":\"" + BUCKET + "/" + key
                + "\",\"Records\":[{\"eventSource\":\"minio:s3\",\"s3\":{\"bucket\":{\"name\":\"" + BUCKET
                + "\"},\"object\":{\"key\":\"" + key.replace("/", "%2F") + "\"}}}]}";
    }

    private String commitPath() {
        return String.format(Locale.ROOT, "_delta_log/%020d.json", version);
    }

    private void put(String path, RequestBody content) {
        client.putObject(request -> request.bucket(BUCKET).key(prefix + path), content);
    }

    @Override
    public void close() {
        client.close();
    }
}
