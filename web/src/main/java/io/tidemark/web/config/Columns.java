package io.tidemark.web.config;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Understands which columns the cube is over. */
public final class Columns {

    /** What views, filters and answers call something else already. */
    private static final Set<String> TAKEN = Set.of(
            "totals",
            "hourly",
            "heatmap",
            "from",
            "to",
            "null",
            "limit",
            "sessions",
            "version",
            "epoch",
            "source",
            "committedAt",
            "appliedAt",
            "other",
            "count",
            "value",
            "hour",
            "cursor",
            "format",
            "step",
            "by",
            "within",
            "unit",
            "of");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

    private Columns() {}

    /**
     * @param timeColumn empty: none
     * @param dimensions {@code name=column} or {@code column}, with commas between; empty: none
     * @param distinctColumn empty: none
     */
    public static CubeSpec parse(String timeColumn, String dimensions, String distinctColumn) {
        return new CubeSpec(column(timeColumn), dimensions(dimensions), column(distinctColumn));
    }

    private static Optional<String> column(String text) {
        return Optional.of(text.strip()).filter(column -> !column.isEmpty());
    }

    private static List<Dimension> dimensions(String text) {
        List<Dimension> dimensions = new ArrayList<>();
        if (text.isBlank()) {
            return dimensions;
        }
        Set<String> names = new HashSet<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = (equals < 0 ? part : part.substring(0, equals)).strip();
            String column = part.substring(equals + 1).strip();
            if (!NAME.matcher(name).matches() || column.isEmpty()) {
                throw new ConfigException("--dimensions: '" + part.strip()
                        + "' is neither name=column nor a column's name. Example: channel,type=event_type");
            }
            if (TAKEN.contains(name)) {
                throw new ConfigException(
                        "--dimensions: the name '" + name + "' is taken. Choose another one: name=" + column);
            }
            if (!names.add(name)) {
                throw new ConfigException("--dimensions: the name '" + name + "' is given twice. Use it once.");
            }
            dimensions.add(new Dimension(name, column));
        }
        return dimensions;
    }
}
