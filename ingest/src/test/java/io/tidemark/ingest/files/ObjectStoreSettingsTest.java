package io.tidemark.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectStoreSettingsTest {

    @Test
    void anEnvironmentOfDeltaRsWorksAsItIs() {
        Configuration hadoop = ObjectStoreSettings.configuration(Map.of(
                "AWS_ENDPOINT_URL", "http://minio:9000",
                "AWS_ALLOW_HTTP", "true",
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "the-key",
                "AWS_SECRET_ACCESS_KEY", "the-secret"));

        assertThat(hadoop.get("fs.s3.impl")).isEqualTo("org.apache.hadoop.fs.s3a.S3AFileSystem");
        assertThat(hadoop.get("fs.s3a.endpoint")).isEqualTo("http://minio:9000");
        assertThat(hadoop.getBoolean("fs.s3a.path.style.access", false)).isTrue();
        assertThat(hadoop.getBoolean("fs.s3a.connection.ssl.enabled", true)).isFalse();
        assertThat(hadoop.get("fs.s3a.endpoint.region")).isEqualTo("eu-west-1");
        assertThat(hadoop.get("fs.s3a.access.key")).isEqualTo("the-key");
        assertThat(hadoop.get("fs.s3a.secret.key")).isEqualTo("the-secret");
        assertThat(hadoop.get("fs.s3a.aws.credentials.provider")).endsWith(".SimpleAWSCredentialsProvider");
    }

    @Test
    void aSessionTokenMeansTemporaryCredentials() {
        Configuration hadoop = ObjectStoreSettings.configuration(
                Map.of("AWS_ACCESS_KEY_ID", "k", "AWS_SECRET_ACCESS_KEY", "s", "AWS_SESSION_TOKEN", "t"));

        assertThat(hadoop.get("fs.s3a.session.token")).isEqualTo("t");
        assertThat(hadoop.get("fs.s3a.aws.credentials.provider")).endsWith(".TemporaryAWSCredentialsProvider");
    }

    @Test
    void withoutKeysThoseOfTheMachineAreUsedAndTheDefaultsOfAws() {
        Configuration hadoop = ObjectStoreSettings.configuration(Map.of());

        assertThat(hadoop.get("fs.s3a.endpoint", "")).isEmpty();
        assertThat(hadoop.getBoolean("fs.s3a.path.style.access", false)).isFalse();
        assertThat(hadoop.get("fs.s3a.aws.credentials.provider")).isEqualTo(MachineCredentials.class.getName());
    }

    @Test
    void anEndpointMayHaveTheBucketInItsName() {
        Configuration hadoop = ObjectStoreSettings.configuration(
                Map.of("AWS_ENDPOINT", "https://store.example.com", "AWS_VIRTUAL_HOSTED_STYLE_REQUEST", "true"));

        assertThat(hadoop.get("fs.s3a.endpoint")).isEqualTo("https://store.example.com");
        assertThat(hadoop.getBoolean("fs.s3a.path.style.access", true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "false", "0", "no"})
    void plainHttpIsRefusedUnlessItIsAllowed(String allow) {
        assertThatThrownBy(() -> ObjectStoreSettings.configuration(
                        Map.of("AWS_ENDPOINT_URL", "http://minio:9000", "AWS_ALLOW_HTTP", allow)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AWS_ALLOW_HTTP=true");
    }

    @Test
    void halfACredentialIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> ObjectStoreSettings.configuration(Map.of("AWS_ACCESS_KEY_ID", "the-key")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY is not set")
                .hasMessageNotContaining("the-key");
        assertThatThrownBy(() -> ObjectStoreSettings.configuration(Map.of("AWS_ENDPOINT_URL", "minio:9000")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://");
    }
}
