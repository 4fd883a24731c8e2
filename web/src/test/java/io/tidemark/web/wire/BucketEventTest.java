package io.tidemark.web.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class BucketEventTest {
    private static final URI ROOT = URI.create("s3://lake/a%20b/events");

    private static boolean concerns(String bucket, String key) {
        return BucketEvent.concerns(
                ROOT,
                "{\"EventName\":\"s3:ObjectCreated:Put\",\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"" + bucket
                        + "\"},\"object\":{\"key\":\"" + key + "\"}}}]}");
    }

    @Test
    void onlyWhatIsWrittenToTheLogOfTheTableConcernsIt() {
        assertThat(concerns("lake", "a+b%2Fevents%2F_delta_log%2F00000000000000000007.json"))
                .isTrue();
        assertThat(concerns("lake", "a%20b/events/_delta_log/00000000000000000007.json"))
                .isTrue();
        assertThat(concerns("lake", "a+b%2Fevents%2Fpart-0.parquet")).isFalse();
        assertThat(concerns("lake", "a+b%2Fevents-2%2F_delta_log%2F00000000000000000007.json"))
                .isFalse();
        assertThat(concerns("pond", "a+b%2Fevents%2F_delta_log%2F00000000000000000007.json"))
                .isFalse();
        assertThat(concerns("lake", "%zz")).isFalse();
    }

    @Test
    void anEventOfEventBridgeIsUnderstood() {
        String event = "{\"detail-type\":\"Object Created\",\"detail\":{\"bucket\":{\"name\":\"lake\"},"
                + "\"object\":{\"key\":\"a b/events/%s\"}}}";
        assertThat(BucketEvent.concerns(ROOT, String.format(event, "_delta_log/1.json")))
                .isTrue();
        assertThat(BucketEvent.concerns(ROOT, String.format(event, "part-0.parquet")))
                .isFalse();
    }

    @Test
    void aBodyThatNamesNoObjectIsAboutTheTable() {
        assertThat(BucketEvent.concerns(ROOT, "")).isTrue();
        assertThat(BucketEvent.concerns(ROOT, "{}")).isTrue();
        assertThat(BucketEvent.concerns(URI.create("file:///data"), "{\"Records\":[{}]}"))
                .isTrue();
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> BucketEvent.concerns(ROOT, "<xml/>"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("JSON");
        assertThat(BucketEvent.mayConcern(ROOT, "<xml/>")).isFalse();
        assertThatThrownBy(() -> BucketEvent.concerns(ROOT, "[".repeat(100_000)))
                .isInstanceOf(BadRequestException.class);
    }
}
