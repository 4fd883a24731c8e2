package io.tidemark.views;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A table that delta-rs wrote, kept with what every view of each version has to be. {@code bench/deltars/make_tables.py} made
 * them; delta-rs, pyarrow and DuckDB counted.
 *
 * @param folder holds {@code table}, as it was at the end, and {@code gone}, what was deleted on the way
 * @param versions in their order
 */
public record DeltaRsTable(String name, Path folder, List<Version> versions) {
    /** The columns of the analytics-events table. */
    public static final CubeSpec EVENTS = new CubeSpec(
            Optional.of("timestamp"),
            List.of(
                    new Dimension("channel", "channel"),
                    new Dimension("type", "event_type"),
                    new Dimension("platform", "platform"),
                    new Dimension("category", "event_category")),
            Optional.of("session_id"));

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One version.
     *
     * @param readable true if its rows can be read from the table as it was at the end
     * @param appeared files that came with it, under the table
     * @param vanished files that were deleted once it was there
     * @param counts every number of every view, by the view's name and then the group; a part of a group may be null
     */
    public record Version(
            long number,
            boolean readable,
            List<String> appeared,
            List<String> vanished,
            Map<List<String>, Long> counts) {
        public Version {
            counts = Map.copyOf(counts);
        }
    }

    /** All of them. */
    public static List<DeltaRsTable> all() {
        try {
            Path root = Path.of(Objects.requireNonNull(DeltaRsTable.class.getResource("/deltars"))
                    .toURI());
            try (Stream<Path> folders =
                    Files.list(root).filter(Files::isDirectory).sorted()) {
                List<DeltaRsTable> tables = new ArrayList<>();
                for (Path folder : folders.toList()) {
                    tables.add(read(folder));
                }
                return tables;
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DeltaRsTable read(Path folder) throws IOException {
        List<Version> versions = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("expected.ndjson"))) {
            JsonNode version = JSON.readTree(line);
            versions.add(new Version(
                    version.get("version").longValue(),
                    version.get("readable").booleanValue(),
                    texts(version.get("appeared")),
                    texts(version.get("vanished")),
                    counts(version)));
        }
        return new DeltaRsTable(folder.getFileName().toString(), folder, List.copyOf(versions));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    private static Map<List<String>, Long> counts(JsonNode version) {
        Map<List<String>, Long> counts = new HashMap<>();
        JsonNode totals = version.get("totals");
        for (String total : List.of("events", "noTime", "sessions")) {
            counts.put(group("totals", total), totals.get(total).longValue());
        }
        totals.get("values")
                .fields()
                .forEachRemaining(value -> counts.put(
                        group("totals", "values", value.getKey()),
                        value.getValue().longValue()));
        for (String view : List.of("hourly", "channel", "type", "platform", "category", "heatmap")) {
            for (JsonNode row : version.get(view)) {
                List<String> group = new ArrayList<>(List.of(view));
                for (int i = 0; i < row.size() - 1; i++) {
                    group.add(row.get(i).textValue());
                }
                counts.put(group, row.get(row.size() - 1).longValue());
            }
        }
        return counts;
    }

    /** As {@link Version#counts} names a group. */
    public static List<String> group(String... viewAndGroup) {
        return Arrays.asList(viewAndGroup);
    }

    /** The table as it was at the end. */
    public Path table() {
        return folder.resolve("table");
    }

    public Version last() {
        return versions.get(versions.size() - 1);
    }

    @Override
    public String toString() {
        return name;
    }
}
