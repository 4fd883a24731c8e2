package io.tidemark.web.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Compression of large bodies before they get to an event loop, which would do it while others wait. What is sent compressed already,
 * the server leaves alone.
 */
final class Gzip {
    /** From this size on: some milliseconds. */
    static final int FROM = 64 << 10;

    private Gzip() {}

    /** True if a body of this length should be compressed for who asks. */
    static boolean suits(HttpServerRequest request, int length) {
        return length >= FROM && isAccepted(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    }

    /** Only where it is named: the others are left to the server. */
    static boolean isAccepted(String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        for (String coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = coding.split(";");
            if (parts[0].strip().equals("gzip")) {
                return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    static Buffer compress(Buffer plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length() / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
