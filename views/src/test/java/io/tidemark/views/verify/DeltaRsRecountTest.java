package io.tidemark.views.verify;

import static io.tidemark.views.DeltaRsTable.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.DeltaRsTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables that delta-rs wrote: the recount of each version that can still be read is what delta-rs, pyarrow and DuckDB found. */
class DeltaRsRecountTest {
    static List<DeltaRsTable> tables() {
        return DeltaRsTable.all();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyCellOfEveryVersionIsWhatDuckDbCounts(DeltaRsTable table) throws IOException {
        NoServiceReaders none = new NoServiceReaders();
        VerifyOptions options =
                VerifyOptions.of(table.table().toString(), new Configuration(), DeltaRsTable.EVENTS, none, none);
        List<DeltaRsTable.Version> readable =
                table.versions().stream().filter(DeltaRsTable.Version::readable).toList();
        // The first, the last and one between: which files a version has, others test.
        for (int i = 0; i < readable.size(); i += Math.max(1, (readable.size() - 1) / 2)) {
            DeltaRsTable.Version version = readable.get(i);
            Recount.Result counted = new Recount(options, line -> {}).at(version.number());

            assertThat(flat(counted.cells()))
                    .as(
                            "version %d, listed by %s",
                            version.number(), counted.listing().reader())
                    .isEqualTo(version.counts());
        }
    }

    private static Map<List<String>, Long> flat(Cells cells) {
        Map<List<String>, Long> counts = new HashMap<>();
        for (String view : cells.views()) {
            for (List<String> group : cells.groups(view)) {
                List<String> whole = new ArrayList<>(group(view));
                whole.addAll(group);
                counts.put(whole, cells.count(view, group));
            }
        }
        return counts;
    }
}
