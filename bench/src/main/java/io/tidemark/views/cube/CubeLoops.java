package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is done with cells: a file's to blocks of hours, and a year's rolled up under a filter of one value in eight. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CubeLoops {
    private static final int HOURS = 8_760;
    private static final int COMBINATIONS = 256;
    private static final int OF_EACH_HOUR = 200;
    private static final CubeSpec SPEC = new CubeSpec(
            Optional.of("time"), List.of(new Dimension("a", "a"), new Dimension("b", "b")), Optional.empty());
    private static final Filter FILTER =
            new Filter(Optional.empty(), Optional.empty(), Map.of("a", Set.of(Optional.of("3"))));

    private final Dictionary dictionary = new Dictionary(2);
    private FileCounts file;
    private Cube year;

    @Setup
    public void fill() {
        file = file(40);
        year = Cube.empty()
                .plus(new CubeDelta.Builder()
                        .add(dictionary.intern(file(HOURS), 0))
                        .build());
    }

    private static FileCounts file(int hours) {
        Random random = new Random(1);
        List<int[]> combinations = new ArrayList<>();
        for (int c = 0; c < COMBINATIONS; c++) {
            combinations.add(new int[] {1 + c % 8, 1 + c / 8});
        }
        int cells = hours * OF_EACH_HOUR;
        long[] ofCells = new long[cells];
        int[] of = new int[cells];
        long[] counts = new long[cells];
        for (int i = 0; i < cells; i++) {
            ofCells[i] = i / OF_EACH_HOUR;
            of[i] = i % OF_EACH_HOUR;
            counts[i] = 1L + random.nextInt(20);
        }
        return new FileCounts(
                Arrays.stream(counts).sum(),
                List.of(values(8), values(COMBINATIONS / 8)),
                combinations.subList(0, OF_EACH_HOUR).toArray(int[][]::new),
                ofCells,
                of,
                counts,
                new long[0]);
    }

    private static String[] values(int count) {
        return IntStream.rangeClosed(0, count)
                .mapToObj(i -> i == 0 ? null : Integer.toString(i))
                .toArray(String[]::new);
    }

    /** 8,000 cells of 40 hours. */
    @Benchmark
    public Contribution hourSplit() {
        return dictionary.intern(file, 0);
    }

    /** 1.75 million cells. */
    @Benchmark
    public RollUp rollUpUnderAFilter() {
        return RollUp.of(SPEC, year, dictionary.view(), FILTER, ServedLimits.DEFAULT);
    }
}
