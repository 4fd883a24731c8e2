package io.tidemark.ingest.scan;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The reader and writer that is not ours. */
final class DuckDb implements AutoCloseable {
    private final Connection connection;

    DuckDb() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        run("SET TimeZone='UTC'");
        run("SET threads=1");
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One text for each row: columns joined by {@code |}, null as {@code NULL}. */
    List<String> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    String value = result.getString(i);
                    row.append(i == 1 ? "" : "|").append(value == null ? "NULL" : value);
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }

    /** What a scan of the file should give: the hour of {@code time} (null: no time), and columns cast to text. */
    List<String> scan(Path file, String time, String... columns) throws SQLException {
        String hour = time == null
                ? "NULL"
                : "CAST(epoch_us(date_trunc('hour', " + time + "::TIMESTAMP)) // 3600000000 AS BIGINT)";
        StringBuilder sql = new StringBuilder("SELECT ").append(hour);
        for (String column : columns) {
            sql.append(", ").append(column).append("::VARCHAR");
        }
        return rows(sql + " FROM read_parquet('" + file + "')");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
