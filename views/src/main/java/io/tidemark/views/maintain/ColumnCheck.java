package io.tidemark.views.maintain;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnMismatchException;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.FileId;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.log.TableSnapshot;
import io.tidemark.views.contribution.CubeColumns;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whether what was counted under one metadata may be added to what will be counted under the next.
 *
 * <p>A column that comes is fine: the rows before it are null in it, here as in the table. One that goes, or becomes another, is
 * not: the rows counted before would have to be counted anew.
 */
public final class ColumnCheck {
    private static final Set<ColumnType> INTEGERS =
            EnumSet.of(ColumnType.BYTE, ColumnType.SHORT, ColumnType.INTEGER, ColumnType.LONG);

    private final Map<String, String> uses = new LinkedHashMap<>();
    private final CubeSpec spec;

    public ColumnCheck(CubeSpec spec) {
        this.spec = spec;
        spec.timeColumn().ifPresent(column -> uses.put(column, "the time column"));
        for (Dimension dimension : spec.dimensions()) {
            uses.putIfAbsent(dimension.column(), "dimension '" + dimension.name() + "'");
        }
        spec.distinctColumn().ifPresent(column -> uses.putIfAbsent(column, "the distinct count"));
    }

    /**
     * @param before what was counted under; empty if nothing that was counted stays in the table
     * @throws ColumnMismatchException if a column cannot be counted, or not together with what was counted before
     */
    public void require(Optional<TableMetadata> before, TableMetadata next) {
        CubeColumns.of(spec, next);
        // Another table owes nothing to the one before it: none of its files were counted.
        before.filter(metadata -> metadata.id().equals(next.id()))
                .ifPresent(metadata -> uses.forEach((column, use) -> require(column, use, metadata, next)));
    }

    /**
     * Whether nothing that was counted may be kept when the views are brought to a snapshot: of another table, in which a file's
     * name may stand for other bytes, or of another history of this one, in which a column was another. The same if nothing of
     * it is left, as after an overwrite with another schema.
     *
     * @param before what was counted under; empty if nothing was
     * @param isLive whether a file was counted and not taken back
     * @throws ColumnMismatchException if a column cannot be counted, or not together with what was counted before in this
     *     history and is still in the table
     */
    public boolean isAnew(
            Optional<TableMetadata> before, TableSnapshot snapshot, boolean newEpoch, Predicate<FileId> isLive) {
        TableMetadata next = snapshot.metadata();
        if (before.isPresent() && !before.get().id().equals(next.id())) {
            require(Optional.empty(), next);
            return true;
        }
        try {
            require(before, next);
            return false;
        } catch (ColumnMismatchException e) {
            if (!newEpoch && holdsLiveFiles(snapshot, isLive)) {
                throw e;
            }
            require(Optional.empty(), next);
            return true;
        }
    }

    private static boolean holdsLiveFiles(TableSnapshot snapshot, Predicate<FileId> isLive) {
        for (Iterator<DataFile> files = snapshot.files(); files.hasNext(); ) {
            if (isLive.test(files.next().id())) {
                return true;
            }
        }
        return false;
    }

    private static void require(String name, String use, TableMetadata before, TableMetadata next) {
        Optional<Column> had = before.column(name);
        if (had.isEmpty()) {
            return;
        }
        Column old = had.get();
        Optional<Column> now = next.column(name);
        if (now.isEmpty()) {
            throw new ColumnMismatchException("Column '" + name + "', used by " + use + ", " + whereItWent(old, next)
                    + ". Columns now: "
                    + next.columns().stream().map(Column::name).collect(Collectors.joining(", "))
                    + "." + remedy());
        }
        if (!now.get().physicalName().equals(old.physicalName())) {
            throw new ColumnMismatchException("Column '" + name + "', used by " + use
                    + ", was dropped, and another column was added under its name." + remedy());
        }
        if (!countsAlike(old, now.get())) {
            throw new ColumnMismatchException("Column '" + name + "', used by " + use + ", was " + old.typeName()
                    + " and is " + now.get().typeName() + " now." + remedy());
        }
    }

    private static String whereItWent(Column old, TableMetadata next) {
        return next.columns().stream()
                .filter(column -> column.physicalName().equals(old.physicalName()))
                .findFirst()
                .map(column -> "was renamed to '" + column.name() + "'")
                .orElse("was dropped");
    }

    /** Whether equal values are counted as equal texts, or hours, under both types. */
    private static boolean countsAlike(Column old, Column now) {
        if (old.type() == now.type()) {
            return old.type() != ColumnType.DECIMAL || old.typeName().equals(now.typeName());
        }
        return (INTEGERS.contains(old.type()) && INTEGERS.contains(now.type()));
    }

    private static String remedy() {
        return " Undo the change in the table, or configure the cube for the new columns and start with an empty state"
                + " directory.";
    }
}
