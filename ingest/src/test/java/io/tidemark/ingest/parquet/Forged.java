package io.tidemark.ingest.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/** Parquet files whose metadata say what no writer would, made of a good one. */
public final class Forged {
    private Forged() {}

    /** The file with another footer. */
    public static byte[] footer(byte[] good, Consumer<FileMetaData> lie) {
        FileMetaData footer = footerOf(good);
        lie.accept(footer);
        return withFooter(Arrays.copyOf(good, footerStart(good)), footer);
    }

    /**
     * The file with one page instead of all pages of its first row group's column.
     *
     * @param lie is given the column's first data page
     */
    public static byte[] page(byte[] good, int column, byte[] body, Consumer<PageHeader> lie) {
        FileMetaData footer = footerOf(good);
        ColumnMetaData chunk =
                footer.getRow_groups().get(0).getColumns().get(column).getMeta_data();
        PageHeader header = header(good, (int) chunk.getData_page_offset());
        header.unsetCrc();
        lie.accept(header);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Arrays.copyOf(good, footerStart(good)));
        int start = file.size();
        try {
            Util.writePageHeader(header, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        file.writeBytes(body);
        chunk.unsetDictionary_page_offset();
        chunk.setData_page_offset(start);
        chunk.setTotal_compressed_size(file.size() - start);
        return withFooter(file.toByteArray(), footer);
    }

    /** Number of a column's chunk, by its path joined with dots. */
    public static int column(byte[] good, String path) {
        var columns = footerOf(good).getRow_groups().get(0).getColumns();
        for (int i = 0; i < columns.size(); i++) {
            if (String.join(".", columns.get(i).getMeta_data().getPath_in_schema())
                    .equals(path)) {
                return i;
            }
        }
        throw new IllegalArgumentException(path);
    }

    private static PageHeader header(byte[] file, int at) {
        try {
            return Util.readPageHeader(new ByteArrayInputStream(file, at, file.length - at));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileMetaData footerOf(byte[] file) {
        int start = footerStart(file);
        try {
            return Util.readFileMetaData(new ByteArrayInputStream(file, start, file.length - start));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int footerStart(byte[] file) {
        return file.length
                - 8
                - ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    }

    private static byte[] withFooter(byte[] pages, FileMetaData footer) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(pages);
        try {
            Util.writeFileMetaData(footer, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int length = file.size() - pages.length;
        file.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array());
        file.writeBytes(new byte[] {'P', 'A', 'R', '1'});
        return file.toByteArray();
    }
}
