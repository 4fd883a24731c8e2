package io.tidemark.ingest.files;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The {@code AWS_*} environment with delta-rs's names and meaning, as settings of Hadoop's S3 client.
 *
 * @see <a href="https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/index.html">Hadoop S3A</a>
 */
public final class ObjectStoreSettings {
    private static final String S3A = "org.apache.hadoop.fs.s3a.";

    private ObjectStoreSettings() {}

    /**
     * @param environment of the process, or a part of it; unknown names are ignored
     * @throws IllegalArgumentException if it contradicts itself; the message is for users and holds no secret
     */
    public static Configuration configuration(Map<String, String> environment) {
        Configuration hadoop = new Configuration();
        for (String scheme : new String[] {"s3", "s3n"}) {
            hadoop.set("fs." + scheme + ".impl", S3A + "S3AFileSystem");
        }
        endpoint(environment, hadoop);
        credentials(environment, hadoop);
        limits(hadoop);
        return hadoop;
    }

    private static void endpoint(Map<String, String> environment, Configuration hadoop) {
        Optional<String> region =
                setting(environment, "AWS_REGION").or(() -> setting(environment, "AWS_DEFAULT_REGION"));
        Optional<String> endpoint =
                setting(environment, "AWS_ENDPOINT_URL").or(() -> setting(environment, "AWS_ENDPOINT"));
        boolean bucketInName = setting(environment, "AWS_VIRTUAL_HOSTED_STYLE_REQUEST")
                .map(ObjectStoreSettings::isTrue)
                .orElse(false);
        endpoint.ifPresent(url -> {
            checkEndpoint(url, setting(environment, "AWS_ALLOW_HTTP"));
            hadoop.set("fs.s3a.endpoint", url);
            hadoop.setBoolean("fs.s3a.path.style.access", !bucketInName);
            hadoop.setBoolean(
                    "fs.s3a.connection.ssl.enabled",
                    !url.toLowerCase(Locale.ROOT).startsWith("http:"));
            // A server of one's own has no region; the client still signs with one.
            hadoop.set("fs.s3a.endpoint.region", "us-east-1");
        });
        region.ifPresent(name -> hadoop.set("fs.s3a.endpoint.region", name));
    }

    private static void checkEndpoint(String url, Optional<String> allowHttp) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "AWS_ENDPOINT_URL is not a URL. Example: https://minio.example.com:9000");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("AWS_ENDPOINT_URL must begin with https:// (or http://)."
                    + " Example: https://minio.example.com:9000");
        }
        if (scheme.equals("http") && !allowHttp.map(ObjectStoreSettings::isTrue).orElse(false)) {
            throw new IllegalArgumentException("AWS_ENDPOINT_URL begins with http://, so data would travel unencrypted."
                    + " Use https://, or set AWS_ALLOW_HTTP=true to allow it.");
        }
    }

    private static void credentials(Map<String, String> environment, Configuration hadoop) {
        Optional<String> key = setting(environment, "AWS_ACCESS_KEY_ID");
        Optional<String> secret = setting(environment, "AWS_SECRET_ACCESS_KEY");
        Optional<String> token = setting(environment, "AWS_SESSION_TOKEN");
        if (key.isPresent() != secret.isPresent()) {
            throw new IllegalArgumentException((key.isPresent() ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID")
                    + " is not set, though its other half is. Set both, or neither to use the machine's own role.");
        }
        if (key.isPresent()) {
            hadoop.set("fs.s3a.access.key", key.get());
            hadoop.set("fs.s3a.secret.key", secret.get());
            token.ifPresent(text -> hadoop.set("fs.s3a.session.token", text));
            hadoop.set(
                    "fs.s3a.aws.credentials.provider",
                    S3A + (token.isPresent() ? "TemporaryAWSCredentialsProvider" : "SimpleAWSCredentialsProvider"));
        } else {
            hadoop.set("fs.s3a.aws.credentials.provider", MachineCredentials.class.getName());
        }
    }

    /**
     * The client's own defaults wait for minutes; whoever follows a table asks again anyway. Hadoop raises shorter ones than 15 s to
     * that. {@link S3TableFiles} has its own limits in front of these, which are for what else goes through Hadoop.
     */
    private static void limits(Configuration hadoop) {
        hadoop.set("fs.s3a.connection.establish.timeout", "15s");
        hadoop.set("fs.s3a.connection.timeout", "20s");
        hadoop.setInt("fs.s3a.attempts.maximum", 3);
        hadoop.setInt("fs.s3a.retry.limit", 3);
        // Its trace of every request names the operating system's user to the store.
        hadoop.setBoolean("fs.s3a.audit.enabled", false);
    }

    private static Optional<String> setting(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static boolean isTrue(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on", "t", "y" -> true;
            default -> false;
        };
    }
}
