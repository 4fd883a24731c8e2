package io.tidemark.ingest.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Damages a byte again and again from a seed, and counts what became of it.
 *
 * <p>One byte at a time: of two, one may change a value, which nobody can notice, and the other what only others look at.
 *
 * <p>{@code -Dtidemark.seed=…} repeats a run, {@code -Dtidemark.mutations=1000} makes it a long one.
 */
public final class Mutations {

    /** What may become of damaged bytes, from clearly good to bad. */
    public enum Outcome {
        REFUSED,
        SAME,
        /** Not the same, but what an independent reader makes of the same bytes. */
        OTHER_BUT_EQUAL,
        /** Read by us and by nobody else; or by others otherwise. */
        WRONG
    }

    /** Reads the damaged bytes; says how it went, and for a wrong result why. */
    public interface Trial {
        Verdict of(byte[] damaged) throws Exception;
    }

    public record Verdict(Outcome outcome, String detail) {
        public static Verdict of(Outcome outcome) {
            return new Verdict(outcome, "");
        }
    }

    private static final byte[] TELLING = {0, 1, -1, Byte.MIN_VALUE, Byte.MAX_VALUE, 0x10, '"', '9'};

    private final String name;
    private final long seed;
    private final Random random;
    private final Map<Outcome, Integer> counts = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long slowest;

    public Mutations(String name) {
        this.name = name;
        this.seed = Long.getLong("tidemark.seed", System.nanoTime());
        this.random = new Random(seed ^ name.hashCode());
    }

    /** How many mutations to make: {@code usual}, or as many as the whole run is asked for. */
    public static int rounds(int usual) {
        return Integer.getInteger("tidemark.mutations", usual);
    }

    /** Every second mutation is in the part that begins at {@code telling}, where each byte means much. */
    public Mutations run(int rounds, byte[] good, int telling, Trial trial) throws Exception {
        for (int round = 0; round < rounds; round++) {
            byte[] damaged = damage(good, round % 2 == 0 ? 0 : telling);
            long begun = System.nanoTime();
            Verdict verdict = trial.of(damaged);
            slowest = Math.max(slowest, System.nanoTime() - begun);
            counts.merge(verdict.outcome(), 1, Integer::sum);
            if (verdict.outcome() == Outcome.WRONG) {
                wrong.add("round " + round + ": " + verdict.detail());
            }
        }
        return this;
    }

    private byte[] damage(byte[] good, int from) {
        byte[] damaged = good.clone();
        int at = from + random.nextInt(damaged.length - from);
        damaged[at] = switch (random.nextInt(3)) {
            case 0 -> (byte) random.nextInt(256);
            case 1 -> TELLING[random.nextInt(TELLING.length)];
            default -> (byte) (damaged[at] ^ 1 << random.nextInt(8));
        };
        return damaged;
    }

    public int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    /** Each wrong result, with what was expected; empty if all is well. */
    public List<String> wrong() {
        return wrong;
    }

    /** For the test's output. */
    public void tell() {
        System.out.println(this);
    }

    @Override
    public String toString() {
        return name + ": " + counts + ", slowest " + TimeUnit.NANOSECONDS.toMillis(slowest)
                + " ms; repeat with -Dtidemark.seed=" + seed
                + wrong.stream().limit(5).toList();
    }
}
