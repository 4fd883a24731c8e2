package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import java.util.List;

/** Finds a table's column among a file's. */
final class ColumnBinding {
    private ColumnBinding() {}

    /**
     * The file's column, or null if the file does not have it: its rows are null there.
     *
     * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#reader-requirements-for-column-mapping">Delta
     *     protocol</a>
     */
    static FileColumn find(List<FileColumn> columns, Column wanted, boolean byFieldId) {
        FileColumn found = locate(columns, wanted, byFieldId);
        if (found != null && wanted.type() == ColumnType.OTHER) {
            throw new Malformed("is of type " + wanted.typeName() + ", which is not supported");
        }
        if (found != null && !found.isFlat()) {
            throw new Malformed("is nested or repeated in this file, which is not supported");
        }
        if (found != null && found.type() == FileColumn.Physical.FIXED_LEN_BYTE_ARRAY && found.typeLength() <= 0) {
            throw new Malformed("has values of a fixed length of " + found.typeLength());
        }
        return found;
    }

    /** Like {@link #find}, of any type. */
    static FileColumn locate(List<FileColumn> columns, Column wanted, boolean byFieldId) {
        FileColumn found = byFieldId && wanted.fieldId().isPresent() && haveIds(columns)
                ? byId(columns, wanted.fieldId().getAsInt())
                : byName(columns, wanted.physicalName());
        if (found == null && byFieldId) {
            FileColumn named = byName(columns, wanted.physicalName());
            if (named != null && named.fieldId() >= 0 && wanted.fieldId().isPresent()) {
                // Physical names are never given twice: so this is the column, and its id is damaged.
                throw new Malformed("has the field id " + named.fieldId() + " in this file, but "
                        + wanted.fieldId().getAsInt() + " in the table");
            }
        }
        return found;
    }

    /** Files from before column mapping was switched on have names only. */
    private static boolean haveIds(List<FileColumn> columns) {
        for (FileColumn column : columns) {
            if (column.fieldId() >= 0) {
                return true;
            }
        }
        return false;
    }

    private static FileColumn byId(List<FileColumn> columns, int id) {
        for (FileColumn column : columns) {
            if (column.fieldId() == id) {
                return column;
            }
        }
        return null;
    }

    private static FileColumn byName(List<FileColumn> columns, String name) {
        FileColumn found = null;
        for (FileColumn column : columns) {
            if (column.name().equals(name)) {
                return column;
            }
            if (found == null && column.name().equalsIgnoreCase(name)) {
                found = column;
            }
        }
        return found;
    }
}
