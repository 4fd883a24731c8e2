package io.tidemark.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The peer, within this process. With one thread it works on its caller's. */
public final class DuckDb implements AutoCloseable {
    private final Connection connection;
    private final Statement statement;

    public DuckDb(int threads) throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        statement = connection.createStatement();
        statement.execute("SET threads=" + threads);
        statement.execute("SET TimeZone='UTC'");
        // What it remembers of files from one query to the next is not what is measured.
        statement.execute("SET parquet_metadata_cache=false");
    }

    public void execute(String sql) throws SQLException {
        statement.execute(sql);
    }

    /** Receives one row. */
    @FunctionalInterface
    public interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    public void query(String sql, RowTaker taker) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                taker.take(rows);
            }
        }
    }

    /** The first row, all of whose columns are numbers. */
    public List<Long> numbers(String sql) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        query(sql, row -> {
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                numbers.add(row.getLong(i));
            }
        });
        return numbers;
    }

    /** A table function over these files. */
    public static String files(Collection<Path> files) {
        return files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(",", "read_parquet([", "])"));
    }

    @Override
    public void close() throws SQLException {
        statement.close();
        connection.close();
    }
}
