package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.RandomAccess.Part;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GroupRangesTest {
    private static final int MB = 1 << 20;

    private static Chunk chunk(long start, long length) {
        return new Chunk(null, null, 1, start, length, null, null);
    }

    private static String parts(GroupRanges ranges) {
        return ranges.into(new byte[ranges.length()]).stream()
                .map(part -> part.position() + "+" + part.length() + "@" + part.offset())
                .collect(Collectors.joining(" "));
    }

    @Test
    void columnsThatLieTogetherAreOnePart() {
        GroupRanges ranges = GroupRanges.of(List.of(chunk(2000, 500), chunk(1000, 600)), MB, false);

        assertThat(parts(ranges)).isEqualTo("1000+1500@0");
        assertThat(ranges.offsetOf(chunk(2000, 500))).isEqualTo(1000);
    }

    @Test
    void farFromEachOtherTheyAreReadByWindowsFromADisk() {
        assertThat(GroupRanges.of(List.of(chunk(0, 500), chunk(3 * MB, 500)), MB, false))
                .isNull();
    }

    @Test
    void farFromEachOtherTheyAreSeveralPartsFromAStore() {
        List<Chunk> chunks = List.of(chunk(9 * MB, 700), chunk(0, 500), chunk(600, 100), chunk(3 * MB, 500));

        GroupRanges ranges = GroupRanges.of(chunks, MB, true);

        assertThat(parts(ranges)).isEqualTo("0+700@0 " + 3 * MB + "+500@700 " + 9 * MB + "+700@1200");
        assertThat(ranges.offsetOf(chunk(600, 100))).isEqualTo(600);
        assertThat(ranges.offsetOf(chunk(9 * MB, 700))).isEqualTo(1200);
    }

    @Test
    void whatIsTooMuchToBeHeldAtOnceIsReadByWindows() {
        assertThat(GroupRanges.of(List.of(chunk(0, 3 * MB), chunk(9 * MB, 3 * MB)), MB, true))
                .isNull();
        assertThat(GroupRanges.of(List.of(chunk(0, 3L << 30), chunk(9L << 30, 3L << 30)), MB, true))
                .isNull();
    }

    @Test
    void aColumnThatIsNeededTwiceIsFetchedOnce() {
        List<Part> parts = GroupRanges.of(List.of(chunk(0, 5 * MB), chunk(0, 5 * MB)), 2 * MB, true)
                .into(new byte[5 * MB]);

        assertThat(parts).hasSize(1).first().extracting(Part::length).isEqualTo(5 * MB);
    }

    @Test
    void chunksWithoutPagesAreNotAskedFor() {
        GroupRanges ranges = GroupRanges.of(List.of(chunk(100, 0)), MB, true);

        assertThat(ranges.into(new byte[0])).isEmpty();
        assertThat(ranges.offsetOf(chunk(100, 0))).isZero();
    }
}
