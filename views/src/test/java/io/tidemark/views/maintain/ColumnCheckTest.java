package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ColumnCheckTest {
    private static final Column TIME = column("time", "time", ColumnType.TIMESTAMP, "timestamp");
    private static final Column CHANNEL = column("channel", "channel", ColumnType.STRING, "string");
    private static final Column CODE = column("code", "code", ColumnType.INTEGER, "integer");

    private final ColumnCheck check = new ColumnCheck(new CubeSpec(
            Optional.of("time"),
            List.of(new Dimension("channel", "channel"), new Dimension("code", "code")),
            Optional.of("session")));

    @Test
    void aTableMayLackColumns() {
        assertThatCode(() -> check.require(Optional.empty(), table("t", CHANNEL)))
                .doesNotThrowAnyException();
    }

    @Test
    void aColumnMayCome() {
        pass(table("t", TIME), table("t", TIME, CHANNEL));
    }

    @Test
    void anIntegerMayBecomeWider() {
        pass(table("t", CODE), table("t", column("code", "code", ColumnType.LONG, "long")));
    }

    @Test
    void aColumnThatTheCubeDoesNotUseMayGo() {
        pass(table("t", TIME, column("x", "x", ColumnType.OTHER, "map")), table("t", TIME));
    }

    @Test
    void aDroppedColumnStopsWithTheColumnsThatAreLeft() {
        assertThatThrownBy(() -> check.require(Optional.of(table("t", TIME, CHANNEL)), table("t", TIME)))
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith(
                        "Column 'channel', used by dimension 'channel', was dropped. Columns now: time. Undo ");
    }

    @Test
    void aRenamedColumnStopsWithItsNewName() {
        Column renamed = column("canal", "channel", ColumnType.STRING, "string");
        assertThatThrownBy(() -> check.require(Optional.of(table("t", CHANNEL)), table("t", renamed)))
                .hasMessageStartingWith("Column 'channel', used by dimension 'channel', was renamed to 'canal'.");
    }

    @Test
    void anotherColumnUnderTheSameNameStops() {
        Column other = column("channel", "col-77", ColumnType.STRING, "string");
        assertThatThrownBy(() -> check.require(Optional.of(table("t", CHANNEL)), table("t", other)))
                .hasMessageStartingWith("Column 'channel', used by dimension 'channel', was dropped, and another");
    }

    @Test
    void aRetypedColumnStopsWithBothTypes() {
        Column text = column("code", "code", ColumnType.STRING, "string");
        assertThatThrownBy(() -> check.require(Optional.of(table("t", CODE)), table("t", text)))
                .hasMessageStartingWith("Column 'code', used by dimension 'code', was integer and is string now.");
    }

    @Test
    void aColumnThatCannotBeCountedStops() {
        Column text = column("time", "time", ColumnType.STRING, "string");
        assertThatThrownBy(() -> check.require(Optional.empty(), table("t", text)))
                .hasMessageStartingWith("Column 'time' is of type string; the time column needs ");
    }

    @Test
    void anotherTableOwesNothingToTheOneBefore() {
        pass(table("t", TIME, CHANNEL), table("u", CODE));
    }

    private void pass(TableMetadata before, TableMetadata next) {
        assertThatCode(() -> check.require(Optional.of(before), next)).doesNotThrowAnyException();
    }

    private static TableMetadata table(String id, Column... columns) {
        return new TableMetadata(id, "{}", Arrays.asList(columns), List.of(), Map.of(), false);
    }

    private static Column column(String name, String physical, ColumnType type, String typeName) {
        return new Column(name, physical, OptionalInt.empty(), type, typeName);
    }
}
