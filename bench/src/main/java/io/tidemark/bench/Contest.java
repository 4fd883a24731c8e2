package io.tidemark.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Contenders that take turns in one process, so that whatever else the machine does meets all of them.
 *
 * <p>Beside wall time the processor time is taken: on a machine that is busy with other things it says more. With one thread
 * it is the calling thread's, on which DuckDB works too; with several it is the whole process's, collector and compiler
 * included.
 */
public final class Contest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final int LEAST_WARM_UPS = 2;
    private static final int MOST_WARM_UPS = 20;
    /** A busy machine's compiler threads take their time. */
    private static final long WARM_UP_NANOS = 6_000_000_000L;

    private final boolean oneThread;
    private final int rounds;
    private final Map<String, Turn> turns = new LinkedHashMap<>();

    /** What one contender does in its turn. */
    @FunctionalInterface
    public interface Turn {
        void take() throws Exception;
    }

    private Contest(boolean oneThread, int rounds) {
        this.oneThread = oneThread;
        this.rounds = rounds;
    }

    /** All contenders work on the calling thread alone. */
    public static Contest onOneThread(int rounds) {
        return new Contest(true, rounds);
    }

    public static Contest onSeveralThreads(int rounds) {
        return new Contest(false, rounds);
    }

    public Contest with(String name, Turn turn) {
        turns.put(name, turn);
        return this;
    }

    /** Has everyone's turn without looking until all are warm, then {@code rounds} times with a watch. */
    public Map<String, Times> run() throws Exception {
        long end = System.nanoTime() + WARM_UP_NANOS;
        for (int i = 0; i < LEAST_WARM_UPS || (i < MOST_WARM_UPS && System.nanoTime() < end); i++) {
            for (Turn turn : turns.values()) {
                turn.take();
            }
        }
        Map<String, double[][]> taken = new LinkedHashMap<>();
        turns.keySet().forEach(name -> taken.put(name, new double[3][rounds]));
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Turn> turn : turns.entrySet()) {
                double[][] of = taken.get(turn.getKey());
                System.gc();
                long allocated = THREADS.getCurrentThreadAllocatedBytes();
                long cpu = cpuNanos();
                long wall = System.nanoTime();
                turn.getValue().take();
                of[0][round] = (System.nanoTime() - wall) / 1e6;
                of[1][round] = (cpuNanos() - cpu) / 1e6;
                of[2][round] = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            }
        }
        Map<String, Times> times = new LinkedHashMap<>();
        taken.forEach((name, of) -> times.put(name, new Times(of[0], of[1], Times.median(of[2]))));
        return times;
    }

    private long cpuNanos() {
        return oneThread ? THREADS.getCurrentThreadCpuTime() : PROCESS.getProcessCpuTime();
    }

    public boolean isOnOneThread() {
        return oneThread;
    }
}
