package io.tidemark.interop;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;

/** Whether Tidemark has to go on from one version to another, or to stop: the rule of {@code docs/design/tailing.md}, told again. */
final class Fate {
    private Fate() {}

    /** Counted columns that are not in the second version what they are in the first; empty: their counts may be added up. */
    static Set<String> broken(TableState applied, TableState now) {
        Set<String> broken = new TreeSet<>();
        if (!applied.id().equals(now.id())) {
            return broken;
        }
        for (String name : Cube.COLUMNS) {
            Optional<StructField> before = applied.column(name);
            Optional<StructField> after = now.column(name);
            if (before.isPresent()
                    && (after.isEmpty()
                            || !applied.physicalName(before.get()).equals(now.physicalName(after.get()))
                            || !alike(before.get().dataType(), after.get().dataType()))) {
                broken.add(name);
            }
        }
        return broken;
    }

    private static boolean alike(DataType one, DataType other) {
        return one.equals(other) || (isWhole(one) && isWhole(other));
    }

    private static boolean isWhole(DataType type) {
        return type instanceof ByteType
                || type instanceof ShortType
                || type instanceof IntegerType
                || type instanceof LongType;
    }
}
