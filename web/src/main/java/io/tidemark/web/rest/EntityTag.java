package io.tidemark.web.rest;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.web.wire.StatusReport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Entity tags, and the comparison that answers 304.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-etag">RFC 9110</a>
 */
final class EntityTag {
    private static final int HEX_DIGITS = 16;

    private EntityTag() {}

    /** The tag of an answer; known before the answer is made. */
    static String of(PageCache.Key key, CubeSpec spec) {
        return of(
                (key.epoch() + '/' + key.version() + '/' + spec + '/' + key.query()).getBytes(StandardCharsets.UTF_8));
    }

    static String of(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** A weak tag: the same while nothing changed but clocks and meters. */
    static String of(StatusReport report) {
        return "W/"
                + of(List.of(report.essence(), report.subscribers()).toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Compares weakly, as this header asks for.
     *
     * @param ifNoneMatch the header; null if there is none
     */
    static boolean matches(String ifNoneMatch, String tag) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String candidate : ifNoneMatch.split(",")) {
            String given = candidate.strip();
            if (given.equals("*") || opaque(given).equals(opaque(tag))) {
                return true;
            }
        }
        return false;
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
