package io.tidemark.views.stream;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.stream.Piece.Blank;
import io.tidemark.views.stream.Piece.Failure;
import io.tidemark.views.stream.Piece.Forget;
import io.tidemark.views.stream.Piece.Head;
import io.tidemark.views.stream.Piece.Share;

/** Values of the topic {@code contributions} as bytes: {@code format, kind, table}, and what the kind says. */
final class PieceCodec {
    private static final Format FORMAT = new Format("contributions", 1);
    private static final int HEAD = 1;
    private static final int SHARE = 2;
    private static final int BLANK = 3;
    private static final int FAILURE = 4;
    private static final int FORGET = 5;

    private PieceCodec() {}

    static byte[] encode(Piece piece) {
        ByteWriter out = FORMAT.begin();
        if (piece instanceof Head head) {
            begin(HEAD, piece, out).writeUnsigned(head.step());
            head.head().write(out);
        } else if (piece instanceof Share share) {
            begin(SHARE, piece, out)
                    .writeUnsigned(share.step())
                    .writeUnsigned(share.ordinal())
                    .writeByte(share.added() ? 1 : 0)
                    .writeUnsigned(share.chunk())
                    .writeUnsigned(share.chunks())
                    .writeBytes(share.bytes());
        } else if (piece instanceof Blank blank) {
            begin(BLANK, piece, out)
                    .writeUnsigned(blank.step())
                    .writeUnsigned(blank.ordinal())
                    .writeUnsigned(blank.until());
        } else if (piece instanceof Failure failure) {
            begin(FAILURE, piece, out)
                    .writeUnsigned(failure.step())
                    .writeUnsigned(failure.ordinal())
                    .writeByte(failure.gone() ? 1 : 0)
                    .writeText(failure.reason());
        } else {
            begin(FORGET, piece, out);
        }
        return out.toBytes();
    }

    private static ByteWriter begin(int kind, Piece piece, ByteWriter out) {
        out.writeByte(kind);
        piece.table().write(out);
        return out;
    }

    static Piece decode(byte[] bytes) {
        return FORMAT.read(bytes, PieceCodec::read);
    }

    private static Piece read(ByteReader in) {
        int kind = in.readByte();
        TableRef table = TableRef.read(in);
        return switch (kind) {
            case HEAD -> new Head(table, in.readCount(), StepHead.read(in));
            case SHARE ->
                new Share(
                        table,
                        in.readCount(),
                        in.readCount(),
                        in.readByte() != 0,
                        in.readInt(),
                        in.readInt(),
                        in.readBytes());
            case BLANK -> new Blank(table, in.readCount(), in.readCount(), in.readCount());
            case FAILURE -> new Failure(table, in.readCount(), in.readCount(), in.readByte() != 0, in.readText());
            case FORGET -> new Forget(table);
            default -> throw new IllegalArgumentException("a piece of the unknown kind " + kind);
        };
    }
}
