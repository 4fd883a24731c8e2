package io.tidemark.views.stream;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.stream.Piece.Blank;
import io.tidemark.views.stream.Piece.Failure;
import io.tidemark.views.stream.Piece.Head;
import io.tidemark.views.stream.Piece.Share;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the merge has heard of steps that it has not taken: in whatever order, and maybe more than once. A repetition changes nothing.
 */
final class PendingShelf {
    private static final int HEAD = 'h';
    private static final int SHARE = 's';
    private static final int BLANK = 'b';
    private static final int FAILURE = 'f';
    private static final int ANSWERED = 'a';
    private static final byte[] NOTHING = {};

    private final Shelf shelf;

    PendingShelf(KeyValueStore<Bytes, byte[]> store, TableRef table) {
        shelf = new Shelf(store, table);
    }

    void add(Head head) {
        shelf.put(HEAD, key(head.step()), PieceCodec.encode(head));
    }

    void add(Share share) {
        byte[] key = key(share.step(), share.ordinal(), share.chunk());
        if (shelf.get(SHARE, key) != null) {
            return;
        }
        shelf.put(SHARE, key, PieceCodec.encode(share));
        if (share.chunks() == 1 || chunks(share.step(), share.ordinal()) == share.chunks()) {
            answered(share.step(), share.ordinal());
        }
    }

    private int chunks(long step, long ordinal) {
        int[] found = {0};
        shelf.forEach(SHARE, key(step, ordinal), (key, value) -> found[0]++);
        return found[0];
    }

    void add(Blank blank) {
        byte[] key = key(blank.step(), blank.ordinal());
        if (shelf.get(BLANK, key) == null) {
            shelf.put(BLANK, key, PieceCodec.encode(blank));
            answered(blank.step(), blank.ordinal());
        }
    }

    void add(Failure failure) {
        shelf.put(FAILURE, key(failure.step(), failure.ordinal()), PieceCodec.encode(failure));
    }

    private void answered(long step, long ordinal) {
        shelf.delete(FAILURE, key(step, ordinal));
        byte[] count = new ByteWriter().writeUnsigned(answers(step) + 1).toBytes();
        shelf.put(ANSWERED, key(step), count);
    }

    private long answers(long step) {
        byte[] stored = shelf.get(ANSWERED, key(step));
        return stored == null ? 0 : new ByteReader(stored).readCount();
    }

    private Optional<StepHead> head(long step) {
        return Optional.ofNullable(shelf.get(HEAD, key(step))).map(stored -> ((Head) PieceCodec.decode(stored)).head());
    }

    /** The head of a step of which everything is there. */
    Optional<StepHead> whole(long step) {
        return head(step).filter(head -> head.changes() == answers(step));
    }

    /** The last step that a step may only be shown together with: itself in the usual case. */
    long until(long step) {
        long[] until = {step};
        shelf.forEach(
                BLANK,
                key(step),
                (key, value) -> until[0] = Math.max(until[0], ((Blank) PieceCodec.decode(value)).until()));
        return until[0];
    }

    /** Why a step is not whole, if it is because a file cannot be read. */
    Optional<Halt> halt(long step) {
        Failure[] first = new Failure[1];
        shelf.forEach(FAILURE, key(step), (key, value) -> {
            if (first[0] == null) {
                first[0] = (Failure) PieceCodec.decode(value);
            }
        });
        return Optional.ofNullable(first[0]).map(failure -> new Halt(failure.gone(), failure.reason()));
    }

    /** Takes what a file adds or takes back. */
    interface Shares {
        void take(FileShare share, boolean added);
    }

    /** Visits the files of a step in the order in which the tail said them; one at a time is in memory. */
    void forEachShare(long step, Shares visitor) {
        List<byte[]> chunks = new ArrayList<>();
        OptionalLong[] of = {OptionalLong.empty()};
        shelf.forEach(SHARE, key(step), (key, value) -> {
            Share share = (Share) PieceCodec.decode(value);
            if (of[0].isPresent() && of[0].getAsLong() != share.ordinal()) {
                throw new IllegalStateException("change " + of[0].getAsLong() + " of step " + step + " is not whole");
            }
            chunks.add(share.bytes());
            of[0] = OptionalLong.of(share.ordinal());
            if (chunks.size() == share.chunks()) {
                FileShare whole = FileShare.decode(Chunks.joined(chunks));
                chunks.clear();
                of[0] = OptionalLong.empty();
                visitor.take(whole, share.added());
            }
        });
    }

    void delete(long step) {
        for (int kind : new int[] {HEAD, SHARE, BLANK, FAILURE, ANSWERED}) {
            shelf.deleteAll(kind, key(step));
        }
    }

    /** Forgets the table. */
    void clear() {
        for (int kind : new int[] {HEAD, SHARE, BLANK, FAILURE, ANSWERED}) {
            shelf.deleteAll(kind, NOTHING);
        }
    }

    private static byte[] key(long... parts) {
        ByteBuffer key = ByteBuffer.allocate(Long.BYTES * parts.length);
        for (long part : parts) {
            key.putLong(part);
        }
        return key.array();
    }
}
