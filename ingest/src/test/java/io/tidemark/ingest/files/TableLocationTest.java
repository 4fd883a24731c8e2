package io.tidemark.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableLocationTest {

    @ParameterizedTest
    @CsvSource({
        "/data/events, file:///data/events",
        "/data/events/, file:///data/events",
        "/data/my table, file:///data/my%20table",
        "/data/50%, file:///data/50%25",
        "file:///data/events, file:///data/events",
        "file:/data/events/, file:///data/events",
        "file://localhost/data/events, file:///data/events",
        "file:///data/my%20table, file:///data/my%20table",
        "file:///data/my table, file:///data/my%20table",
        "/data/x/../events, file:///data/events",
        "s3://bucket/a/b/, s3://bucket/a/b",
        "s3://bucket, s3://bucket",
        "s3a://bucket/a b, s3://bucket/a%20b",
        "S3://bucket/a, s3://bucket/a",
        "s3://KEY:SECRET@bucket/a, s3://bucket/a",
        "s3://bucket/a?token=SECRET, s3://bucket/a",
        "hdfs://user@namenode:8020/a, hdfs://namenode:8020/a",
        "hdfs:///a, hdfs:/a",
        "abfss://container@account.dfs.core.windows.net/a, abfss://container@account.dfs.core.windows.net/a",
    })
    void whatUsersWriteIsUnderstoodAndShownWithoutCredentials(String written, String shown) {
        assertThat(TableLocation.parse(written)).hasToString(shown);
        assertThat(TableLocation.parse(shown)).hasToString(shown);
    }

    @Test
    void aRelativePathIsOfTheWorkingDirectory() {
        assertThat(TableLocation.parse("x/y").uri().getPath())
                .isEqualTo(Path.of("x/y").toAbsolutePath().toString());
        assertThat(TableLocation.parse("x/y").isLocal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "s3://", "s3:///x", "file://host/x"})
    void whatIsNoTableIsRefusedWithAnExample(String written) {
        assertThatThrownBy(() -> TableLocation.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Example: ");
    }
}
