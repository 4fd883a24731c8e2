package io.tidemark.ingest.scan;

import io.tidemark.ingest.files.PathOutsideTableException;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.MissingDataFileException;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.parquet.ParquetFormatException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** A scan of one file, batch by batch. */
interface ScanSteps extends AutoCloseable {
    String REMEDY = ". Restore or rewrite the file, or take it out of the table.";

    /** Reads the next batch that has a row; false after the last one. */
    boolean next() throws IOException;

    /** The file, and the column being worked on: how a message begins. */
    String where();

    @Override
    void close();

    /** {@link #next()}, with every failure as what users are told; apart from the consumer, whose exceptions are its own. */
    static boolean step(DataFile file, ScanSteps scan) {
        try {
            return scan.next();
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new MissingDataFileException(
                    "Data file '" + file.path()
                            + "' is not there. Was it removed by VACUUM or a lifecycle rule? Restore it, or take it out of the table.",
                    e);
        } catch (EOFException e) {
            throw new TableException(
                    scan.where() + " is shorter than it should be: it is damaged or cut off" + REMEDY, e);
        } catch (PathOutsideTableException e) {
            throw new TableException(
                    scan.where()
                            + " is outside the table's root and was not opened. Bring it into the table, or take it out of the log.",
                    e);
        } catch (IOException e) {
            throw new TableException(scan.where() + " could not be read: " + e.getMessage(), e);
        } catch (ParquetFormatException e) {
            throw new TableException(scan.where() + " " + e.getMessage() + REMEDY, e);
        } catch (ScanCancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            // The last net under the decoders' own checks.
            throw new TableException(scan.where() + " is damaged: it could not be decoded" + REMEDY, e);
        }
    }
}
