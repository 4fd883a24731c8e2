package io.tidemark.views.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeletionVector;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.Position;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.Seed;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.NaiveCounts;
import io.tidemark.views.cube.Row;
import io.tidemark.views.store.CommitNote;
import io.tidemark.views.store.FileKey;
import io.tidemark.views.store.StepEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every record of the cluster as bytes: what comes back, what is refused, and what damage does. */
class RecordFormatTest {
    private static final int ROUNDS = 300;

    private final Random random = Seed.random("RecordFormatTest");

    /** A kind of record: made at random, written, read, and written again. */
    private record Kind(String name, Function<Random, byte[]> made, Function<byte[], byte[]> readAndWritten) {}

    private final List<Kind> kinds = List.of(
            new Kind("tables", r -> entry(r).encode(), b -> TableEntry.decode(b).encode()),
            new Kind(
                    "file-changes",
                    r -> FileWordCodec.encode(word(r)),
                    b -> FileWordCodec.encode(FileWordCodec.decode(b))),
            new Kind("contributions", r -> PieceCodec.encode(piece(r)), b -> PieceCodec.encode(PieceCodec.decode(b))),
            new Kind("counts", r -> share(r).encode(), b -> FileShare.decode(b).encode()),
            new Kind("keys", r -> key(r).encode(), b -> CubeKey.decode(b).encode()),
            new Kind("status", r -> report(r).encode(), b -> Report.decode(b).encode()),
            new Kind("halt", r -> halt(r).encode(), b -> Halt.decode(b).encode()),
            new Kind(
                    "progress",
                    r -> progress(r).encode(),
                    b -> Progress.decode(b).encode()),
            new Kind("cursor", r -> cursor(r).encode(), b -> Cursor.decode(b).encode()));

    @Test
    void whatIsWrittenComesBack() {
        for (int i = 0; i < ROUNDS; i++) {
            for (Kind kind : kinds) {
                byte[] bytes = kind.made().apply(random);
                assertThat(kind.readAndWritten().apply(bytes)).as(kind.name()).isEqualTo(bytes);
            }
            TableEntry entry = entry(random);
            assertThat(TableEntry.decode(entry.encode())).isEqualTo(entry);
            FileWord word = word(random);
            assertThat(FileWordCodec.decode(FileWordCodec.encode(word))).isEqualTo(word);
            CubeKey key = key(random);
            assertThat(CubeKey.decode(key.encode())).isEqualTo(key);
            Report report = report(random);
            assertThat(Report.decode(report.encode())).isEqualTo(report);
            Progress progress = progress(random);
            assertThat(Progress.decode(progress.encode())).isEqualTo(progress);
            Cursor cursor = cursor(random);
            assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
            FileShare share = share(random);
            assertThat(FileShare.decode(share.encode()))
                    .usingRecursiveComparison()
                    .isEqualTo(share);
        }
    }

    @Test
    void aNewerFormatIsRefusedByASentenceThatSaysWhatToDo() {
        for (Kind kind : kinds) {
            byte[] bytes = kind.made().apply(random);
            bytes[0]++;

            assertThatThrownBy(() -> kind.readAndWritten().apply(bytes))
                    .as(kind.name())
                    .isInstanceOf(RecordFormatException.class)
                    .hasMessageMatching(
                            "A record of .+ has format 2; this Tidemark reads format 1\\. Run the version .+");
        }
    }

    @Test
    void damageIsNoticedOrHarmless() {
        for (int i = 0; i < ROUNDS; i++) {
            for (Kind kind : kinds) {
                byte[] bytes = kind.made().apply(random);
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                try {
                    assertThat(kind.readAndWritten().apply(bytes))
                            .as(kind.name())
                            .isNotNull();
                } catch (RecordFormatException e) {
                    assertThat(e).hasMessageStartingWith("A record of ");
                }
            }
        }
    }

    private static TableRef ref(Random random) {
        return new TableRef(text(random), random.nextLong());
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(random.nextInt(10) == 0 ? (char) random.nextInt(0x10000) : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static Optional<String> maybe(Random random) {
        return random.nextBoolean() ? Optional.of(text(random)) : Optional.empty();
    }

    private static TableEntry entry(Random random) {
        List<Dimension> dimensions = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            dimensions.add(new Dimension(text(random), text(random)));
        }
        return new TableEntry(
                ref(random),
                text(random),
                new CubeSpec(maybe(random), dimensions, maybe(random)),
                random.nextBoolean());
    }

    private static TableMetadata metadata(Random random) {
        return TableMetadata.parse(
                text(random),
                "{\"type\":\"struct\",\"fields\":[{\"name\":\"c" + random.nextInt(9)
                        + "\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}}]}",
                List.of(),
                Map.of("note", text(random)));
    }

    private static DataFile file(Random random) {
        Map<String, String> partitions = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            partitions.put(text(random), random.nextBoolean() ? null : text(random));
        }
        Optional<DeletionVector> deleted = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(
                        new DeletionVector("u", text(random), Optional.of(random.nextInt()), 3, random.nextInt(9)));
        return new DataFile(text(random), deleted, partitions, random.nextInt(1 << 20), Optional.empty());
    }

    private static FileWord word(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new FileWord.Terms(entry(random), random.nextInt(1000), metadata(random));
            case 1 ->
                new FileWord.Change(
                        ref(random),
                        random.nextInt(1 << 30),
                        random.nextInt(1 << 20),
                        random.nextInt(100),
                        new FileKey(random.nextLong(), random.nextLong()),
                        random.nextBoolean() ? Optional.of(file(random)) : Optional.empty());
            default -> new FileWord.Forget(ref(random));
        };
    }

    private static Piece piece(Random random) {
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        return switch (random.nextInt(5)) {
            case 0 -> new Piece.Head(ref(random), random.nextInt(1 << 30), head(random));
            case 1 -> new Piece.Share(ref(random), 3, random.nextInt(1 << 20), random.nextBoolean(), 0, 2, bytes);
            case 2 -> new Piece.Blank(ref(random), 1, random.nextInt(100), 1L << random.nextInt(60));
            case 3 -> new Piece.Failure(ref(random), 1, 2, random.nextBoolean(), text(random));
            default -> new Piece.Forget(ref(random));
        };
    }

    private static StepHead head(Random random) {
        List<CommitNote> notes = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            notes.add(new CommitNote(
                    random.nextInt(1 << 20),
                    Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                    maybe(random),
                    maybe(random),
                    maybe(random),
                    random.nextBoolean() ? Optional.of(new CommitNote.Actions(1, 2, 3)) : Optional.empty()));
        }
        return new StepHead(
                random.nextInt(1 << 20),
                random.nextInt(6),
                position(random),
                random.nextBoolean() ? Optional.of(metadata(random)) : Optional.empty(),
                maybe(random),
                StepEffect.Kind.values()[random.nextInt(3)],
                notes);
    }

    private static Position position(Random random) {
        return new Position(text(random), random.nextInt(), text(random));
    }

    private static FileShare share(Random random) {
        int dimensions = random.nextInt(4);
        List<Row> rows = new ArrayList<>();
        for (int i = random.nextInt(60); i > 0; i--) {
            rows.add(Row.random(random, dimensions, 100, 20));
        }
        FileCounts counts = NaiveCounts.count(rows, dimensions);
        return new FileShare(file(random), counts);
    }

    private static CubeKey key(Random random) {
        CubeKey.Kind[] all = CubeKey.Kind.values();
        return new CubeKey(all[random.nextInt(all.length)], ref(random), random.nextLong(), random.nextLong());
    }

    private static Report report(Random random) {
        TailState[] states = TailState.values();
        return new Report(new TailStatus(
                states[random.nextInt(states.length)],
                maybe(random),
                random.nextInt(),
                random.nextBoolean()
                        ? Optional.of(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)))
                        : Optional.empty()));
    }

    private static Halt halt(Random random) {
        return new Halt(random.nextBoolean(), text(random));
    }

    private static Progress progress(Random random) {
        return new Progress(
                ref(random),
                random.nextInt(1 << 20) - 1,
                random.nextBoolean() ? Optional.of(halt(random)) : Optional.empty());
    }

    private static Cursor cursor(Random random) {
        return new Cursor(
                random.nextInt(1 << 20),
                random.nextBoolean() ? Optional.of(position(random)) : Optional.empty(),
                random.nextBoolean() ? Optional.of(metadata(random)) : Optional.empty(),
                random.nextInt(100),
                random.nextInt(1 << 20));
    }
}
