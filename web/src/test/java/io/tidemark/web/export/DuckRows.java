package io.tidemark.web.export;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What DuckDB answers, as texts to compare. */
final class DuckRows {
    private DuckRows() {}

    /** One text for each row: each value in angle brackets, null without. */
    static List<String> of(Connection duck, String sql) throws SQLException {
        try (Statement query = duck.createStatement();
                ResultSet result = query.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    String value = result.getString(i);
                    row.append('|').append(value == null ? "NULL" : '<' + value + '>');
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }

    /** The first column. */
    static List<String> first(Connection duck, String sql) throws SQLException {
        try (Statement query = duck.createStatement();
                ResultSet result = query.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (result.next()) {
                values.add(result.getString(1));
            }
            return values;
        }
    }
}
