package io.tidemark.views.contribution;

import io.tidemark.ingest.scan.HourVector;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Counting one batch, a row. In the counter's package, whose loops are not open to others. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CountLoops {
    private static final int ROWS = 4096;
    private static final int COMBINATIONS = 200;

    private CellCounts cells;
    private final int[] combinations = new int[ROWS];
    private final Hours twoHours = new Hours(false);
    private final Hours oneHour = new Hours(true);

    @Setup
    public void fill() {
        Random random = new Random(1);
        for (int row = 0; row < ROWS; row++) {
            combinations[row] = random.nextInt(COMBINATIONS);
            twoHours.hours[row] = row < ROWS / 3 ? 1 : 2;
        }
    }

    /** A count of its array holds as many rows as some seconds of this count: then a table takes over, which is not what is measured. */
    @Setup(Level.Iteration)
    public void start() {
        cells = new CellCounts();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void rowsOfTwoHours() {
        cells.add(twoHours, ROWS, combinations, COMBINATIONS);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void rowsOfOneHour() {
        cells.add(oneHour, ROWS, combinations, COMBINATIONS);
    }

    private record Hours(boolean isConstant, long[] hours) implements HourVector {
        Hours(boolean isConstant) {
            this(isConstant, new long[ROWS]);
        }

        @Override
        public long constant() {
            return 1;
        }
    }
}
