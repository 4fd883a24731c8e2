package io.tidemark.interop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns that Tidemark counts by when nothing is configured. */
final class Cube {
    static final String TIME = "timestamp";
    static final String DISTINCT = "session_id";

    /** View to column. */
    static final Map<String, String> DIMENSIONS = new LinkedHashMap<>();

    static {
        DIMENSIONS.put("channel", "channel");
        DIMENSIONS.put("type", "event_type");
        DIMENSIONS.put("platform", "platform");
        DIMENSIONS.put("category", "event_category");
    }

    static final Set<String> COLUMNS = Stream.concat(Stream.of(TIME, DISTINCT), DIMENSIONS.values().stream())
            .collect(Collectors.toUnmodifiableSet());

    private Cube() {}
}
