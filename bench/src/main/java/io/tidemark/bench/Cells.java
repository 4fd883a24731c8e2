package io.tidemark.bench;

import io.tidemark.views.cube.Combinations;
import io.tidemark.views.cube.Cube;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Counts by hour and dimension values, to be compared cell by cell. */
public final class Cells {

    private Cells() {}

    /** The query whose rows are the cells: hour, four dimensions, n. In the form that DuckDB is fastest with. */
    public static String query(String files, String where) {
        return "SELECT epoch_us(timestamp) // 3600000000 AS hour, " + String.join(", ", EventFiles.DIMENSIONS)
                + ", count(*) AS n FROM " + files + where + " GROUP BY ALL";
    }

    /** The same, of which only two numbers come out: no contender shall wait for JDBC. */
    public static String digest(String files, String where) {
        return "SELECT count(*), sum(n)::BIGINT FROM (" + query(files, where) + ")";
    }

    /** @throws WrongOutputException at the first cell that is not the same */
    public static void compare(Cube cube, Combinations combinations, DuckDb duck, String files) throws SQLException {
        Map<String, Long> ours = new HashMap<>();
        String[] names = new String[combinations.size()];
        for (int c = 0; c < names.length; c++) {
            StringJoiner name = new StringJoiner("|");
            for (int d = 0; d < combinations.dimensions(); d++) {
                name.add(String.valueOf(combinations.value(d, combinations.ordinal(c, d))));
            }
            names[c] = name.toString();
        }
        cube.forEach(Long.MIN_VALUE, Long.MAX_VALUE, block -> {
            for (int i = 0; i < block.size(); i++) {
                ours.put(block.hour() + "|" + names[block.combination(i)], block.count(i));
            }
        });
        duck.query(query(files, ""), row -> {
            StringJoiner cell = new StringJoiner("|");
            for (int i = 1; i <= 1 + EventFiles.DIMENSIONS.size(); i++) {
                cell.add(String.valueOf(row.getString(i)));
            }
            Long count = ours.remove(cell.toString());
            WrongOutputException.unlessEqual("cell " + cell, count == null ? 0L : count, row.getLong(6));
        });
        WrongOutputException.unlessEqual("cells that the peer does not have", ours.size(), 0);
    }
}
