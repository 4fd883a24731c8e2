package io.tidemark.ingest.scan;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Decoding one batch of a column, a value. In the scanner's package, whose loops are not open to others. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeLoops {
    private static final int ROWS = ChunkReader.BATCH_ROWS;
    private static final int BITS = 3;
    private static final int RUN = 16;
    private static final long MICROS = 1_750_000_000_000_000L;

    private final byte[] packed = new byte[ROWS * BITS / 8 + ByteBudget.SLACK];
    private final byte[] runLengths = new byte[2 * ROWS / RUN + ByteBudget.SLACK];
    private final byte[] times = new byte[ROWS * Long.BYTES + ByteBudget.SLACK];
    private final HybridRuns runs = new HybridRuns();
    private final int[] ids = new int[ROWS];
    private final byte[] byteIds = new byte[ROWS];
    private final long[] hours = new long[ROWS];

    @Setup
    public void fill() {
        Random random = new Random(1);
        random.nextBytes(packed);
        for (int run = 0; run < ROWS / RUN; run++) {
            runLengths[2 * run] = RUN << 1;
            runLengths[2 * run + 1] = (byte) random.nextInt(1 << BITS);
        }
        for (int row = 0; row < ROWS; row++) {
            ChunkReader.LONG.set(times, row * Long.BYTES, MICROS + row * 1_000_000L);
        }
    }

    /** Dictionary ids of three bits, without runs. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int[] unpack() {
        runs.startPacked(packed, 0, ROWS * BITS / 8, BITS);
        runs.read(ids, 0, ROWS, 1);
        return ids;
    }

    /** The same to bytes. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public byte[] unpackToBytes() {
        runs.startPacked(packed, 0, ROWS * BITS / 8, BITS);
        runs.read(byteIds, 0, ROWS, 1);
        return byteIds;
    }

    /** The same in runs of sixteen. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int[] runLengthIds() {
        runs.start(runLengths, 0, 2 * ROWS / RUN, BITS, 1 << BITS);
        runs.read(ids, 0, ROWS, 1);
        return ids;
    }

    /** Microseconds as they are on a page, to hours. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long[] hours() {
        HourForm.MICROS.plain(times, 0, hours, 0, ROWS);
        return hours;
    }
}
