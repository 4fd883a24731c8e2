package io.tidemark.ingest.scan;

import static io.tidemark.ingest.scan.NestedRows.array;
import static io.tidemark.ingest.scan.NestedRows.field;
import static io.tidemark.ingest.scan.NestedRows.map;
import static io.tidemark.ingest.scan.NestedRows.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.files.Mutations;
import io.tidemark.ingest.files.Mutations.Outcome;
import io.tidemark.ingest.files.Mutations.Verdict;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.TableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nested columns whose files are not as the table has them today, or not as they should be. */
class NestedColumnsTest {
    private static final Map<String, String> BY_ID = Map.of("delta.columnMapping.mode", "id");
    private static final Map<String, String> BY_NAME = Map.of("delta.columnMapping.mode", "name");

    @TempDir
    static Path folder;

    private static Path file(String schema, int rows, BiConsumer<Integer, Group> fill) throws IOException {
        Path file = folder.resolve("nested.parquet");
        GroupFile.write(file, schema, WriterVersion.PARQUET_1_0, UnaryOperator.identity(), rows, fill);
        return file;
    }

    private static List<String> scan(Path file, List<Column> columns, boolean byFieldId) {
        return NestedRows.scan(
                ScannedRows.scanner(file, ScanLimits.standard()),
                Scanned.file(file),
                NestedRows.projection(columns, byFieldId),
                RowFilter.ALL);
    }

    private static List<String> scan(Path file, String... fields) {
        return scan(file, NestedRows.columns(Map.of(), fields), false);
    }

    @Test
    void fieldsOfAStructAreInTheTablesOrderAndThoseThatAFileLacksAreNull() throws Exception {
        Path file = file(
                "message m { optional group s { optional int32 b; optional int32 old; optional int64 A; } }",
                3,
                (i, row) -> {
                    if (i > 0) {
                        Group s = row.addGroup("s");
                        if (i > 1) {
                            s.add("b", 7);
                            s.add("A", 8L);
                        }
                    }
                });

        assertThat(scan(
                        file,
                        field(
                                "s",
                                struct(field("a", "\"long\""), field("new", "\"string\""), field("b", "\"integer\"")))))
                .containsExactly(
                        "{\"s\":null}",
                        "{\"s\":{\"a\":null,\"new\":null,\"b\":null}}",
                        "{\"s\":{\"a\":8,\"new\":null,\"b\":7}}");
    }

    @Test
    void aStructWithoutAnyOfTheTablesFieldsIsNullOnlyWhereItIsNull() throws Exception {
        Path file = file(
                "message m { optional group s { optional group l (LIST) { repeated group list { optional int32 element; } } } }",
                3,
                (i, row) -> {
                    if (i > 0) {
                        Group s = row.addGroup("s");
                        if (i > 1) {
                            s.addGroup("l").addGroup("list").add("element", 1);
                        }
                    }
                });

        assertThat(scan(file, field("s", struct(field("new", "\"string\"")))))
                .containsExactly("{\"s\":null}", "{\"s\":{\"new\":null}}", "{\"s\":{\"new\":null}}");
    }

    @Test
    void aNestedColumnThatAFileLacksIsNull() throws Exception {
        Path file = file("message m { optional int64 id; }", 2, (i, row) -> row.add("id", (long) i));

        assertThat(scan(file, field("id", "\"long\""), field("tags", array("\"string\""))))
                .containsExactly("{\"id\":0,\"tags\":null}", "{\"id\":1,\"tags\":null}");
    }

    @Test
    void fieldsAreFoundByPhysicalNameOrByIdAtEveryDepth() throws Exception {
        String fields = field(
                "s",
                struct(
                        field("renamed", "\"integer\"", 2),
                        field("list", array(struct(field("x", "\"string\"", 4))), 3)),
                1);
        Path named = file("""
                message m { optional group col-1 { optional int32 col-2; optional group col-3 (LIST) {
                  repeated group list { optional group element { optional binary col-4 (STRING); } } } } }
                """, 1, (i, row) -> {
            Group s = row.addGroup("col-1");
            s.add("col-2", 5);
            s.addGroup("col-3").addGroup("list").addGroup("element").add("col-4", "x");
        });
        String expected = "{\"s\":{\"renamed\":5,\"list\":[{\"x\":\"x\"}]}}";
        assertThat(scan(named, NestedRows.columns(BY_NAME, fields), false)).containsExactly(expected);

        Path numbered = file("""
                message m { optional group a = 1 { optional group b (LIST) = 3 { repeated group list {
                  optional group element { optional binary c (STRING) = 4; } } } optional int32 d = 2; } }
                """, 1, (i, row) -> {
            Group s = row.addGroup("a");
            s.addGroup("b").addGroup("list").addGroup("element").add("c", "x");
            s.add("d", 5);
        });
        assertThat(scan(numbered, NestedRows.columns(BY_ID, fields), true)).containsExactly(expected);
    }

    @Test
    void listsOfTwoLevelsAreListsToo() throws Exception {
        Path file = file("""
                message m {
                  optional group a (LIST) { repeated int32 array; }
                  optional group b (LIST) { repeated group array { optional int32 x; } }
                  optional group c (LIST) { repeated group bag { optional int32 array_element; } }
                }
                """, 1, (i, row) -> {
            row.addGroup("a").append("array", 1).append("array", 2);
            Group b = row.addGroup("b");
            b.addGroup("array").add("x", 3);
            b.addGroup("array");
            Group c = row.addGroup("c");
            c.addGroup("bag").add("array_element", 4);
            c.addGroup("bag");
        });

        assertThat(scan(
                        file,
                        field("a", array("\"integer\"")),
                        field("b", array(struct(field("x", "\"integer\"")))),
                        field("c", array("\"integer\""))))
                .containsExactly("{\"a\":[1,2],\"b\":[{\"x\":3},{\"x\":null}],\"c\":[4,null]}");
    }

    @Test
    void aMapWhoseKeysAreNestedIsAListOfItsEntries() throws Exception {
        Path file = file("""
                message m { optional group m (MAP) { repeated group key_value {
                  required group key { optional int32 x; } optional binary value (STRING); } } }
                """, 1, (i, row) -> {
            Group m = row.addGroup("m");
            Group entry = m.addGroup("key_value");
            entry.addGroup("key").add("x", 1);
            entry.add("value", "one");
            m.addGroup("key_value").addGroup("key");
        });

        assertThat(scan(file, field("m", map(struct(field("x", "\"integer\"")), "\"string\""))))
                .containsExactly(
                        "{\"m\":[{\"key\":{\"x\":1},\"value\":\"one\"},{\"key\":{\"x\":null},\"value\":null}]}");
    }

    @Test
    void narrowerTypesAreReadAsTheTablesWiderOnesAndBytesAreBase64() throws Exception {
        Path file = file(
                """
                message m { optional group s { optional int32 wide; optional float ratio; optional double odd;
                  optional binary data; optional binary text (STRING); optional int96 at; optional int64 nanos (TIMESTAMP(NANOS,false)); } }
                """,
                1,
                (i, row) -> row.addGroup("s")
                        .append("wide", -5)
                        .append("ratio", 0.1f)
                        .append("odd", Double.NaN)
                        .append("data", Binary.fromConstantByteArray(new byte[] {(byte) 0xff, 0}))
                        .append("text", Binary.fromConstantByteArray(new byte[] {'a', (byte) 0xff}))
                        .append("at", new NanoTime(2_440_588, 1_000))
                        .append("nanos", 1_001L));

        assertThat(scan(
                        file,
                        field(
                                "s",
                                struct(
                                        field("wide", "\"long\""),
                                        field("ratio", "\"float\""),
                                        field("odd", "\"double\""),
                                        field("data", "\"binary\""),
                                        field("text", "\"string\""),
                                        field("at", "\"timestamp\""),
                                        field("nanos", "\"timestamp_ntz\"")))))
                .containsExactly(
                        "{\"s\":{\"wide\":-5,\"ratio\":0.1,\"odd\":\"NaN\",\"data\":\"/wA=\",\"text\":\"a\uFFFD\","
                                + "\"at\":\"1970-01-01T00:00:00.000001Z\",\"nanos\":\"1970-01-01T00:00:00.000001001\"}}");
    }

    @Test
    void anotherTypeThanTheTablesIsRefusedWithTheWayToIt() throws Exception {
        Path file = file(
                "message m { optional group s { optional group l (LIST) { repeated group list { optional binary element (STRING); } } } optional int32 i; }",
                1,
                (i, row) -> row.add("i", 1));

        assertThatThrownBy(() -> scan(file, field("s", struct(field("l", array("\"long\""))))))
                .isInstanceOf(TableException.class)
                .hasMessageContaining(
                        "Data file 'nested.parquet', column 's', has a part 'l' that has a part 'element' that is"
                                + " BYTE_ARRAY (TEXT) in this file, which cannot be read as the table's type long");
        assertThatThrownBy(() -> scan(file, field("i", array("\"long\""))))
                .hasMessageContaining(
                        "column 'i', is INT32 in this file, which cannot be read as the table's type array<long>");
        assertThatThrownBy(() -> scan(file, field("s", "\"variant\"")))
                .hasMessageContaining("column 's', is of type variant, which is not supported");
    }

    @Test
    void aRowThatTakesMoreThanItsShareOfMemoryIsRefused() throws Exception {
        String schema = "message m { optional group l (LIST) { repeated group list { optional int64 element; } } }";
        Path file = file(schema, 1, (i, row) -> {
            Group l = row.addGroup("l");
            for (int e = 0; e < 300_000; e++) {
                l.addGroup("list").add("element", Long.MIN_VALUE);
            }
        });
        ScanLimits little = new ScanLimits(1 << 20, 1 << 20, 1 << 20, 1 << 22, 1 << 20, 1 << 21, 1 << 20, 1);
        List<Column> columns = NestedRows.columns(Map.of(), field("l", array("\"long\"")));

        assertThatThrownBy(() -> NestedRows.scan(
                        ScannedRows.scanner(file, little),
                        Scanned.file(file),
                        NestedRows.projection(columns, false),
                        RowFilter.ALL))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("takes more than 2 MB of memory");
    }

    @ParameterizedTest
    @EnumSource(WriterVersion.class)
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDamagedFileIsRefusedByNameAndNoDamagedPageIsAnotherValue(WriterVersion version) throws Exception {
        Path file = folder.resolve("damaged-" + version + ".parquet");
        GroupFile.write(
                file, """
                message m { optional int64 id; optional group s { optional binary t (STRING);
                  optional group l (LIST) { repeated group list { optional int32 element; } } } }
                """, version, b -> b.withRowGroupRowCountLimit(100).withPageRowCountLimit(20), 200, (i, row) -> {
                    row.add("id", (long) i);
                    if (i % 5 > 0) {
                        Group s = row.addGroup("s");
                        s.add("t", "t" + i % 9);
                        Group l = s.addGroup("l");
                        for (int e = 0; e < i % 4; e++) {
                            l.addGroup("list").add("element", e * i);
                        }
                    }
                });
        byte[] good = Files.readAllBytes(file);
        List<Column> columns = NestedRows.columns(
                Map.of(),
                field("id", "\"long\""),
                field("s", struct(field("t", "\"string\""), field("l", array("\"integer\"")))));
        List<String> expected = scan(file, columns, false);

        ByteBuffer tail = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
        int footer = good.length - 8 - tail.getInt(good.length - 8);

        Mutations mutations = new Mutations("nested " + version).run(Mutations.rounds(40), good, 0, damaged -> {
            Files.write(file, damaged);
            try {
                boolean same = scan(file, columns, false).equals(expected);
                // What the footer says of a column is not under any checksum.
                boolean may = same || Arrays.mismatch(good, damaged) >= footer;
                return new Verdict(may ? Outcome.SAME : Outcome.WRONG, "at byte " + Arrays.mismatch(good, damaged));
            } catch (TableException e) {
                assertThat(e)
                        .hasMessageContaining(file.getFileName().toString())
                        .hasMessageNotContaining(folder.toString());
                return Verdict.of(Outcome.REFUSED);
            }
        });

        mutations.tell();
        assertThat(mutations.wrong()).as(mutations.toString()).isEmpty();
        assertThat(mutations.count(Outcome.REFUSED)).as(mutations.toString()).isPositive();
    }
}
