package io.tidemark.web.command;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.web.config.Columns;
import picocli.CommandLine.Option;

/** Which columns the cube is over. */
final class ColumnOptions {
    static final String TIME_COLUMN = "timestamp";
    static final String DIMENSIONS = "channel,type=event_type,platform,category=event_category";
    static final String DISTINCT_COLUMN = "session_id";

    @Option(
            names = "--time-column",
            paramLabel = "COLUMN",
            defaultValue = TIME_COLUMN,
            description = "Column of the time of an event; may be empty.")
    private String timeColumn;

    @Option(
            names = "--dimensions",
            paramLabel = "NAME=COLUMN,…",
            defaultValue = DIMENSIONS,
            description = "Columns to count by, and what to call them; may be empty.")
    private String dimensions;

    @Option(
            names = "--distinct-column",
            paramLabel = "COLUMN",
            defaultValue = DISTINCT_COLUMN,
            description = "Column whose distinct values are counted; may be empty.")
    private String distinctColumn;

    CubeSpec spec() {
        return Columns.parse(timeColumn, dimensions, distinctColumn);
    }
}
