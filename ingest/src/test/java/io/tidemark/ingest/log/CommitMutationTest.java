package io.tidemark.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.ingest.files.InMemoryTableFiles;
import io.tidemark.ingest.files.Mutations;
import io.tidemark.ingest.files.Mutations.Outcome;
import io.tidemark.ingest.files.Mutations.Verdict;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A damaged commit is refused, or read as its text says by a plain reading of the JSON: line by line, as trees. */
class CommitMutationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InMemoryTableFiles files = new InMemoryTableFiles();

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDamagedCommitIsRefusedOrReadAsItsTextSays() throws Exception {
        byte[] good = String.join(
                        "\n",
                        Lines.info("WRITE", "\"numFiles\":\"3\",\"numOutputBytes\":\"30\""),
                        Lines.PROTOCOL,
                        Lines.metadata("t", "x", "y"),
                        Lines.add("%C3%A9%20a.parquet"),
                        "{\"add\":{\"path\":\"p=1/ü.parquet\",\"partitionValues\":{\"p\":\"1\",\"q\":null},\"size\":7,"
                                + "\"stats\":\"{\\\"numRecords\\\":5}\",\"dataChange\":true}}",
                        Lines.addWithVector("b.parquet", "two"),
                        Lines.removeWithVector("b.parquet", "one"),
                        Lines.remove("c.parquet"),
                        "")
                .getBytes(StandardCharsets.UTF_8);
        TreeSet<String> original = ours(good);
        assertThat(plain(good)).isEqualTo(original).hasSize(6);

        Mutations mutations =
                new Mutations("commit").run(Mutations.rounds(1_000), good, 0, damaged -> trial(damaged, original));

        mutations.tell();
        assertThat(mutations.wrong()).as(mutations.toString()).isEmpty();
        assertThat(mutations.count(Outcome.REFUSED)).as(mutations.toString()).isPositive();
        assertThat(mutations.count(Outcome.OTHER_BUT_EQUAL))
                .as(mutations.toString())
                .isPositive();
    }

    private Verdict trial(byte[] damaged, TreeSet<String> original) {
        TreeSet<String> found;
        try {
            found = ours(damaged);
        } catch (TableException e) {
            assertThat(e.getMessage()).contains("00000000000000000000.json").doesNotContain("\n");
            return Verdict.of(Outcome.REFUSED);
        }
        if (found.equals(original)) {
            return Verdict.of(Outcome.SAME);
        }
        try {
            TreeSet<String> plain = plain(damaged);
            return plain.equals(found)
                    ? Verdict.of(Outcome.OTHER_BUT_EQUAL)
                    : new Verdict(Outcome.WRONG, found + " is " + plain);
        } catch (IOException | RuntimeException e) {
            return new Verdict(Outcome.WRONG, found + ", but " + e);
        }
    }

    private TreeSet<String> ours(byte[] bytes) {
        files.put(InMemoryTableFiles.commitPath(0), bytes);
        Commit commit =
                new DeltaTableLog(files).commit(0).orElseThrow(() -> new TableException("00000000000000000000.json"));
        TreeSet<String> found = new TreeSet<>();
        commit.adds()
                .forEach(file -> found.add("+" + file.id() + file.size() + new TreeMap<>(file.partitionValues())
                        + file.deletionVector().map(v -> v.sizeInBytes() + "," + v.cardinality())));
        commit.removes().forEach(file -> found.add("-" + file));
        commit.metadata().ifPresent(m -> found.add(m.id() + m.schemaString() + m.partitionColumns()));
        return found;
    }

    private static TreeSet<String> plain(byte[] bytes) throws IOException {
        TreeSet<String> found = new TreeSet<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
            if (line.isBlank()) {
                continue;
            }
            JsonNode action = JSON.readTree(line);
            if (action.path("add").isObject()) {
                JsonNode add = action.get("add");
                TreeMap<String, String> values = new TreeMap<>();
                add.path("partitionValues").properties().forEach(e -> {
                    if (e.getValue().isValueNode()) {
                        values.put(
                                e.getKey(),
                                e.getValue().isNull() ? null : e.getValue().asText());
                    }
                });
                JsonNode dv = add.path("deletionVector");
                found.add("+" + id(add) + add.get("size").longValue() + values
                        + (dv.isObject()
                                ? Optional.of(dv.get("sizeInBytes").intValue() + ","
                                        + dv.get("cardinality").longValue())
                                : Optional.empty()));
            }
            if (action.path("remove").isObject() && isOfTheTable(action.get("remove"))) {
                found.add("-" + id(action.get("remove")));
            }
            if (action.path("metaData").isObject()) {
                JsonNode metadata = action.get("metaData");
                TreeSet<String> columns = new TreeSet<>();
                metadata.path("partitionColumns").forEach(name -> columns.add(name.asText()));
                found.add(metadata.get("id").asText()
                        + metadata.get("schemaString").asText()
                        + columns);
            }
        }
        return found;
    }

    /** The removal of what cannot be a file of the table has no effect: a path with a scheme, or one that cannot be decoded. */
    private static boolean isOfTheTable(JsonNode remove) {
        try {
            id(remove);
            return !remove.get("path").asText().matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static FileId id(JsonNode action) {
        JsonNode dv = action.path("deletionVector");
        String path = URLDecoder.decode(action.get("path").asText().replace("+", "%2B"), StandardCharsets.UTF_8);
        return new FileId(
                path,
                dv.isObject()
                        ? Optional.of(dv.get("storageType").asText()
                                + dv.get("pathOrInlineDv").asText()
                                + (dv.hasNonNull("offset")
                                        ? "@" + dv.get("offset").intValue()
                                        : ""))
                        : Optional.empty());
    }
}
