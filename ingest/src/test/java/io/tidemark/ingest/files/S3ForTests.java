package io.tidemark.ingest.files;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of S3's language as reading a table takes, over HTTP, with a record of what was asked. */
final class S3ForTests implements AutoCloseable {
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int failWith;
    private volatile String failCode = "Failed";
    private volatile int failures;
    private volatile int cutTo = -1;
    private volatile String onlyKey = "";

    S3ForTests() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    void put(String key, String text) {
        objects.put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String key, byte[] content) {
        objects.put(key, content);
    }

    /** Each request as {@code METHOD path}, since the last call. */
    List<String> requests() {
        List<String> made = List.copyOf(requests);
        requests.clear();
        return made;
    }

    /** Answers everything with this status; 0 ends it. */
    void failWith(int status) {
        failWith(status, "Failed", Integer.MAX_VALUE);
    }

    /** Answers the next requests with this error. */
    void failWith(int status, String code, int times) {
        failCode = code;
        failures = times;
        failWith = status;
    }

    /** Breaks the next body off after so many bytes. */
    void cutNextBodyTo(int bytes) {
        cutTo = bytes;
    }

    /** Lets in only this access key from now on; empty text lets in all. */
    void onlyKey(String accessKey) {
        onlyKey = accessKey;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", address(),
                "AWS_ALLOW_HTTP", "true",
                "AWS_ACCESS_KEY_ID", "key",
                "AWS_SECRET_ACCESS_KEY", "the-secret");
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        String bucket = path.split("/", 3)[1];
        String key = path.length() > bucket.length() + 2 ? path.substring(bucket.length() + 2) : "";
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (failWith != 0 && failures-- > 0) {
            error(exchange, failWith, failCode);
        } else if (!onlyKey.isEmpty() && !authorization.contains("Credential=" + onlyKey + "/")) {
            error(exchange, 403, "InvalidAccessKeyId");
        } else if (!bucket.equals("bucket")) {
            error(exchange, 404, "NoSuchBucket");
        } else if (key.isEmpty()) {
            answer(exchange, 200, listing(query(exchange)).getBytes(StandardCharsets.UTF_8));
        } else if (!objects.containsKey(key)) {
            error(exchange, 404, "NoSuchKey");
        } else {
            object(exchange, objects.get(key));
        }
    }

    private void object(HttpExchange exchange, byte[] bytes) throws IOException {
        String expected = exchange.getRequestHeaders().getFirst("If-Match");
        if (expected != null && !expected.equals("\"" + Arrays.hashCode(bytes) + "\"")) {
            error(exchange, 412, "PreconditionFailed");
            return;
        }
        exchange.getResponseHeaders().add("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
        exchange.getResponseHeaders().add("ETag", "\"" + Arrays.hashCode(bytes) + "\"");
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            answer(exchange, 200, bytes);
            return;
        }
        String[] ends = range.substring("bytes=".length()).split("-");
        int from = Integer.parseInt(ends[0]);
        int to = Math.min(Integer.parseInt(ends[1]) + 1, bytes.length);
        if (from >= bytes.length) {
            error(exchange, 416, "InvalidRange");
            return;
        }
        exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + bytes.length);
        answer(exchange, 206, Arrays.copyOfRange(bytes, from, to));
    }

    private String listing(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String after = query.getOrDefault("start-after", "");
        String token = query.getOrDefault("continuation-token", "");
        StringBuilder xml = new StringBuilder("<ListBucketResult>");
        TreeSet<String> folders = new TreeSet<>();
        int count = 0;
        for (String key : objects.tailMap(prefix).keySet()) {
            if (!key.startsWith(prefix) || key.compareTo(after) <= 0 || key.compareTo(token) <= 0) {
                continue;
            }
            int slash = key.indexOf('/', prefix.length());
            if (slash >= 0) {
                folders.add(key.substring(0, slash + 1));
                continue;
            }
            if (count++ == 3) {
                // Small pages, so that going on to the next is tested.
                xml.append("<IsTruncated>true</IsTruncated><NextContinuationToken>")
                        .append(objects.lowerKey(key))
                        .append("</NextContinuationToken>");
                break;
            }
            xml.append("<Contents><Key>")
                    .append(key)
                    .append("</Key><Size>")
                    .append(objects.get(key).length)
                    .append("</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>");
        }
        folders.forEach(
                folder -> xml.append("<CommonPrefixes><Prefix>").append(folder).append("</Prefix></CommonPrefixes>"));
        return xml.append("</ListBucketResult>").toString();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new TreeMap<>();
        for (String part : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] pair = part.split("=", 2);
            query.put(pair[0], URLDecoder.decode(pair.length < 2 ? "" : pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private void error(HttpExchange exchange, int status, String code) throws IOException {
        answer(
                exchange,
                status,
                ("<Error><Code>" + code + "</Code><Message>no</Message></Error>").getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().add("Content-Length", String.valueOf(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            int most = cutTo < 0 || status >= 300 ? body.length : Math.min(cutTo, body.length);
            cutTo = -1;
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body, 0, most);
            } catch (IOException e) {
                // Fewer bytes than were announced: the server closes the connection.
            }
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
