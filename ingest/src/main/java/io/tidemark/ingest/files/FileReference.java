package io.tidemark.ingest.files;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * File names as a Delta log writes them, turned into paths under the table's root.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#add-file-and-remove-file">Delta protocol</a>
 */
final class FileReference {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");
    private static final Pattern SCHEME_AND_SLASH = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/");

    private FileReference() {}

    static String relative(URI root, String reference) throws PathOutsideTableException {
        if (reference.startsWith("/") || SCHEME.matcher(reference).lookingAt()) {
            return inside(withinRoot(root, reference));
        }
        return inside(decode(reference));
    }

    /**
     * Checks a decoded, relative path.
     *
     * <p>Every {@code ..} is refused, also one that would stay inside: no writer makes them, and the same file must not have
     * two names.
     */
    static String inside(String path) throws PathOutsideTableException {
        if (path.startsWith("/")
                || path.contains(":/") && SCHEME_AND_SLASH.matcher(path).lookingAt()) {
            throw outside(path, "is absolute");
        }
        if (path.indexOf('\0') >= 0) {
            throw outside(path, "holds a NUL character");
        }
        for (int from = 0; from <= path.length(); ) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            if (end - from == 2 && path.startsWith("..", from)) {
                throw outside(path, "has '..'");
            }
            from = end + 1;
        }
        return path;
    }

    private static String withinRoot(URI root, String reference) throws PathOutsideTableException {
        String scheme = null;
        String authority = null;
        String rest = reference;
        if (!reference.startsWith("/")) {
            int colon = reference.indexOf(':');
            scheme = reference.substring(0, colon);
            rest = reference.substring(colon + 1);
        }
        if (rest.startsWith("//")) {
            int end = rest.indexOf('/', 2);
            authority = rest.substring(2, end < 0 ? rest.length() : end);
            rest = end < 0 ? "" : rest.substring(end);
        }
        // Only a local path can go without a scheme; elsewhere "/x" names no bucket.
        boolean sameStore = scheme == null
                ? isLocal(root.getScheme())
                : storeOf(scheme).equals(storeOf(root.getScheme())) && sameAuthority(root, authority);
        String path = decode(rest);
        String prefix = root.getPath().endsWith("/") ? root.getPath() : root.getPath() + "/";
        if (!sameStore || !path.startsWith(prefix) || path.length() == prefix.length()) {
            throw outside(reference, "is absolute and not under the table's root");
        }
        return path.substring(prefix.length());
    }

    private static boolean sameAuthority(URI root, String authority) {
        String own = root.getRawAuthority() == null ? "" : root.getRawAuthority();
        String other = authority == null ? "" : authority;
        return own.equals(other) || (isLocal(root.getScheme()) && other.equals("localhost"));
    }

    private static boolean isLocal(String scheme) {
        return "file".equalsIgnoreCase(scheme);
    }

    private static String storeOf(String scheme) {
        String lower = scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
        return lower.equals("s3a") || lower.equals("s3n") ? "s3" : lower;
    }

    /** Percent-decoding, once; {@code +} is a plus and what is not escaped stays as it is. */
    private static String decode(String text) throws PathOutsideTableException {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.put(in[i]);
                continue;
            }
            int high = i + 2 < in.length ? Character.digit((char) (in[i + 1] & 0xff), 16) : -1;
            int low = i + 2 < in.length ? Character.digit((char) (in[i + 2] & 0xff), 16) : -1;
            if (high < 0 || low < 0) {
                throw new PathOutsideTableException(
                        "Path " + quoted(text) + " has a malformed escape; '%' must be followed by two hex digits.");
            }
            out.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new PathOutsideTableException("Path " + quoted(text) + " is not UTF-8 after decoding.");
        }
    }

    private static PathOutsideTableException outside(String path, String why) {
        return new PathOutsideTableException(
                "Path " + quoted(path) + " " + why + "; only files under the table's root are read.");
    }

    /** For messages: short, and on one line. */
    static String quoted(String path) {
        String shown = path.length() <= 200 ? path : path.substring(0, 200) + "…";
        StringBuilder text = new StringBuilder("'");
        shown.chars().forEach(c -> text.append(Character.isISOControl(c) ? '\uFFFD' : (char) c));
        return text.append('\'').toString();
    }
}
