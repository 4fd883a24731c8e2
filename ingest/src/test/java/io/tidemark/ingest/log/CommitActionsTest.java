package io.tidemark.ingest.log;

import static io.tidemark.ingest.log.Lines.add;
import static io.tidemark.ingest.log.Lines.addWithVector;
import static io.tidemark.ingest.log.Lines.remove;
import static io.tidemark.ingest.log.Lines.removeWithVector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.files.InMemoryTableFiles;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the actions of a commit mean. */
class CommitActionsTest {
    private static final FileId A = new FileId("a.parquet", Optional.empty());

    private final InMemoryTableFiles files = new InMemoryTableFiles();
    private final DeltaTableLog log = new DeltaTableLog(files);

    private Commit read(String... lines) {
        files.putCommit(3, lines);
        return log.commit(3).orElseThrow();
    }

    @Test
    void everyActionOfTheProtocolIsRead() {
        Commit commit = read(
                "{\"commitInfo\":{\"inCommitTimestamp\":1700000000123,\"operation\":\"WRITE\",\"engineInfo\":\"Spark\","
                        + "\"operationMetrics\":{\"numFiles\":\"1\",\"numOutputRows\":7}}}",
                "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"deletionVectors\"],"
                        + "\"writerFeatures\":[\"deletionVectors\",\"appendOnly\"]}}",
                Lines.metadata("t-1", "x", "y"),
                "{\"add\":{\"path\":\"p=1/a.parquet\",\"partitionValues\":{\"p\":\"1\",\"q\":null,\"r\":\"\"},\"size\":5,"
                        + "\"modificationTime\":1,\"dataChange\":false,\"stats\":\"{\\\"numRecords\\\":2}\","
                        + "\"tags\":{\"k\":\"v\"},\"baseRowId\":4,\"clusteringProvider\":\"c\"}}",
                removeWithVector("b.parquet", "xyz"),
                "{\"txn\":{\"appId\":\"x\",\"version\":1}}",
                "{\"domainMetadata\":{\"domain\":\"d\",\"configuration\":\"\",\"removed\":false}}",
                "{\"cdc\":{\"path\":\"_change_data/c.parquet\",\"partitionValues\":{},\"size\":1,\"dataChange\":false}}",
                "{\"checkpointMetadata\":{\"version\":1}}",
                "{\"sidecar\":{\"path\":\"s\",\"sizeInBytes\":1,\"modificationTime\":1}}");

        assertThat(commit.version()).isEqualTo(3);
        assertThat(commit.committedAt()).isEqualTo(Instant.ofEpochMilli(1700000000123L));
        assertThat(commit.adds()).hasSize(1);
        DataFile added = commit.adds().get(0);
        assertThat(added.path()).isEqualTo("p=1/a.parquet");
        assertThat(added.partitionValues())
                .containsEntry("p", "1")
                .containsEntry("q", null)
                .containsEntry("r", "");
        assertThat(added.size()).isEqualTo(5);
        assertThat(added.stats()).contains("{\"numRecords\":2}");
        assertThat(commit.removes()).containsExactly(new FileId("b.parquet", Optional.of("uxyz@1")));
        assertThat(commit.metadata().orElseThrow().columns())
                .extracting(Column::name)
                .containsExactly("x", "y");
        assertThat(commit.protocol().orElseThrow().readerFeatures()).containsExactly("deletionVectors");
        assertThat(commit.info().orElseThrow().operationMetrics())
                .isEqualTo(Map.of("numFiles", "1", "numOutputRows", "7"));
        assertThat(commit.unknownActions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"dataChange\":true", ",\"dataChange\":null", ",\"dataChange\":{\"x\":[false]}"})
    void aCommitOnlyRearrangesRowsIfItSaysSoOfEachFile(String otherwise) {
        String added = "{\"add\":{\"path\":\"a.parquet\",\"partitionValues\":{},\"size\":1%s}}";
        String removed = "{\"remove\":{\"path\":\"b.parquet\"%s}}";
        String moved = ",\"dataChange\":false";

        assertThat(read(added.formatted(moved), removed.formatted(moved)).onlyRearranges())
                .isTrue();
        assertThat(read(removed.formatted(moved)).onlyRearranges()).isTrue();
        assertThat(read(added.formatted(moved), removed.formatted(otherwise)).onlyRearranges())
                .isFalse();
        assertThat(read(added.formatted(otherwise), removed.formatted(moved)).onlyRearranges())
                .isFalse();
        assertThat(read(Lines.info("OPTIMIZE", "")).onlyRearranges()).isFalse();
    }

    @Test
    void unknownActionsAreCountedAndUnknownFieldsIgnored() {
        Commit commit = read(
                "{\"futureThing\":{\"deep\":[[[1,{\"a\":2}]]]}}",
                "{\"another\":7}",
                "{\"add\":{\"path\":\"a.parquet\",\"partitionValues\":{},\"size\":1,\"future\":{\"x\":[1]},\"dataChange\":true}}");

        assertThat(commit.unknownActions()).isEqualTo(2);
        assertThat(commit.adds()).extracting(DataFile::id).containsExactly(A);
    }

    @Test
    void addingOneFileTwiceIsRefusedByName() {
        assertThatThrownBy(() -> read(add("a.parquet"), add("a.parquet")))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("a.parquet")
                .hasMessageContaining("line 2")
                .hasMessageContaining("00000000000000000003.json");
        assertThatThrownBy(() -> read(addWithVector("a.parquet", "one"), addWithVector("a.parquet", "two")))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("different deletion vectors");
        assertThatThrownBy(() -> read(add("a%20b.parquet"), add("a b.parquet")))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("a b.parquet");
    }

    @Test
    void aDeletionVectorMayBeReplacedInEitherLineOrder() {
        String gone = removeWithVector("a.parquet", "one");
        String come = addWithVector("a.parquet", "two");

        for (List<String> order : List.of(List.of(gone, come), List.of(come, gone))) {
            Commit commit = read(order.toArray(String[]::new));
            assertThat(commit.adds())
                    .extracting(file -> file.id().deletionVectorId())
                    .containsExactly(Optional.of("utwo@1"));
            assertThat(commit.removes()).containsExactly(new FileId("a.parquet", Optional.of("uone@1")));
        }
        assertThat(read(remove("a.parquet"), addWithVector("a.parquet", "two")).removes())
                .containsExactly(A);
    }

    @Test
    void addingAndRemovingTheSameLogicalFileIsRefusedInEitherLineOrder() {
        for (List<String> order : List.of(
                List.of(add("a.parquet"), remove("a.parquet")), List.of(remove("a.parquet"), add("a.parquet")))) {
            assertThatThrownBy(() -> read(order.toArray(String[]::new)))
                    .isInstanceOf(TableException.class)
                    .hasMessageContaining("a.parquet")
                    .hasMessageContaining("added and removed");
        }
    }

    @Test
    void removingAFileTwiceSaysItOnce() {
        assertThat(read(remove("a.parquet"), remove("a.parquet")).removes()).containsExactly(A);
    }

    @Test
    void reAddingALiveFileIsReadLikeAnyAdd() {
        assertThat(read("{\"add\":{\"path\":\"a.parquet\",\"partitionValues\":{},\"size\":1,\"modificationTime\":1,"
                                + "\"dataChange\":false,\"stats\":\"{}\"}}")
                        .adds())
                .extracting(DataFile::id)
                .containsExactly(A);
    }

    @Test
    void changeDataFilesAreNotDataFiles() {
        Commit commit = read(
                add("a.parquet"), "{\"cdc\":{\"path\":\"_change_data/c.parquet\",\"partitionValues\":{},\"size\":1}}");

        assertThat(commit.adds()).extracting(DataFile::path).containsExactly("a.parquet");
        assertThat(commit.unknownActions()).isZero();
    }

    @Test
    void aNewTableIdAndAnUnsupportedProtocolAreReadForTheTailerToJudge() {
        Commit commit = read(
                Lines.metadata("another-table", "x"),
                "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"foo\",\"catalogManaged\","
                        + "\"deletionVectors\"],\"writerFeatures\":[\"foo\",\"bar\"]}}",
                add("a.parquet"));

        assertThat(commit.metadata().orElseThrow().id()).isEqualTo("another-table");
        assertThat(commit.protocol().orElseThrow().unsupported()).containsExactly("catalogManaged", "foo");
    }

    @Test
    void featuresForWritersOnlyDoNotConcernAReader() {
        Commit commit = read(
                "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[\"whatever\"]}}");

        assertThat(commit.protocol().orElseThrow().unsupported()).isEmpty();
    }

    @Test
    void readerVersionTwoIsColumnMapping() {
        Commit commit = read(
                "{\"protocol\":{\"minReaderVersion\":2,\"minWriterVersion\":5}}",
                "{\"metaData\":{\"id\":\"t\",\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[{\\\"name\\\":"
                        + "\\\"shown\\\",\\\"type\\\":\\\"decimal(10,2)\\\",\\\"metadata\\\":{\\\"delta.columnMapping.id\\\":4,"
                        + "\\\"delta.columnMapping.physicalName\\\":\\\"col-9\\\"}}]}\",\"partitionColumns\":[],"
                        + "\"configuration\":{\"delta.columnMapping.mode\":\"id\"}}}");

        assertThat(commit.protocol().orElseThrow().unsupported()).isEmpty();
        TableMetadata metadata = commit.metadata().orElseThrow();
        assertThat(metadata.idMapping()).isTrue();
        Column column = metadata.column("SHOWN").orElseThrow();
        assertThat(column.physicalName()).isEqualTo("col-9");
        assertThat(column.fieldId()).hasValue(4);
        assertThat(column.type()).isEqualTo(ColumnType.DECIMAL);
        assertThat(column.typeName()).isEqualTo("decimal(10,2)");
    }

    @Test
    void withoutATimestampOfItsOwnACommitIsAsOldAsItsObject() {
        files.clock(Instant.parse("2026-03-04T05:06:07Z"));

        assertThat(read(add("a.parquet")).committedAt()).isEqualTo(Instant.parse("2026-03-04T05:06:07Z"));
    }

    @Test
    void ofAFieldThatComesTwiceTheLastOneCounts() {
        assertThat(read("{\"add\":{\"path\":\"x\",\"path\":\"a.parquet\",\"partitionValues\":{},\"size\":1}}")
                        .adds())
                .extracting(DataFile::id)
                .containsExactly(A);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"add\":{\"path\":\"a\",\"size\":1},\"remove\":{\"path\":\"b\"}}",
                "{\"add\":{\"path\":\"a\",\"size\":1},\"add\":{\"path\":\"b\",\"size\":1}}",
                "{\"add\":{\"size\":1}}",
                "{\"add\":{\"path\":\"a\"}}",
                "{\"add\":{\"path\":\"a\",\"size\":-5}}",
                "{\"add\":{\"path\":\"a\",\"size\":\"5\"}}",
                "{\"add\":{\"path\":{},\"size\":5}}",
                "{\"add\":[]}",
                "{\"add\":{\"path\":\"a\",\"size\":5,\"deletionVector\":{\"storageType\":\"u\"}}}",
                "{\"remove\":{}}",
                "{\"protocol\":{}}",
                "{\"metaData\":{\"id\":\"x\"}}",
                "{\"metaData\":{\"id\":\"x\",\"schemaString\":\"not json\"}}",
                "{\"metaData\":{\"id\":\"x\",\"schemaString\":\"{}\"}}",
                "{\"metaData\":{\"id\":\"x\",\"schemaString\":\"{\\\"fields\\\":[{\\\"name\\\":\\\"a\\\"}]}\"}}",
                "{\"metaData\":{\"id\":\"x\",\"schemaString\":\"{\\\"fields\\\":[]}\",\"format\":{\"provider\":\"orc\"}}}",
            })
    void anActionThatCannotBeUnderstoodStopsWithFileAndLine(String line) {
        assertThatThrownBy(() -> read(Lines.PROTOCOL.replace("protocol", "txn"), line))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("[_delta_log/00000000000000000003.json line 2]");
    }

    @Test
    void aLineNestedWithoutEndIsRefused() {
        String deep = "{\"futureThing\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> read(deep, add("a.parquet")))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("depth");
        String schema = "{\\\"type\\\":".repeat(5_000) + "1" + "}".repeat(5_000);
        assertThatThrownBy(() -> read("{\"metaData\":{\"id\":\"x\",\"schemaString\":\"" + schema + "\"}}"))
                .isInstanceOf(TableException.class);
    }

    @Test
    void aLineBeyondTheLimitIsRefused() {
        byte[] bytes = new byte[LogLimits.standard().maxLineBytes() + 100];
        java.util.Arrays.fill(bytes, (byte) 'x');
        files.put(InMemoryTableFiles.commitPath(3), bytes);

        assertThatThrownBy(() -> log.commit(3))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("line 1");
    }
}
