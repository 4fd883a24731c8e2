package io.tidemark.web.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * What an object store says of changes in a bucket: the records of S3, which MinIO sends too, or an event of EventBridge.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">S3 event records</a>
 */
public final class BucketEvent {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOG = "/_delta_log/";

    private BucketEvent() {}

    /**
     * Whether a notification may mean a new commit of a table.
     *
     * @param root of the table, as {@code s3://bucket/path}
     * @param body of the request; one that names no object is about everything
     * @throws BadRequestException if it is no JSON
     */
    public static boolean concerns(URI root, String body) {
        if (body.isBlank()) {
            return true;
        }
        JsonNode event;
        try {
            event = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new BadRequestException(
                    "bad-request", "The body is not JSON. Send an event of the bucket, or nothing.");
        }
        if (event.path("Records").isArray()) {
            for (JsonNode record : event.get("Records")) {
                JsonNode s3 = record.path("s3");
                if (isOfLog(root, s3, decoded(s3.at("/object/key").asText()))) {
                    return true;
                }
            }
            return false;
        }
        JsonNode detail = event.path("detail");
        return !detail.has("object")
                || isOfLog(root, detail, detail.at("/object/key").asText());
    }

    /** As {@link #concerns}, of texts that others may write, too: what is no JSON concerns nothing. */
    public static boolean mayConcern(URI root, String message) {
        try {
            return !message.isBlank() && concerns(root, message);
        } catch (BadRequestException e) {
            return false;
        }
    }

    private static boolean isOfLog(URI root, JsonNode place, String key) {
        if ("file".equals(root.getScheme())) {
            return true;
        }
        String bucket = place.at("/bucket/name").asText();
        return bucket.equals(root.getAuthority()) && ("/" + key).startsWith(root.getPath() + LOG);
    }

    /** Keys of records are escaped as in a form: a space is a plus. */
    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }
}
