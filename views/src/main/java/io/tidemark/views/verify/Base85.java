package io.tidemark.views.verify;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes as printable text, five characters for four bytes.
 *
 * @see <a href="https://rfc.zeromq.org/spec/32/">Z85</a>
 */
final class Base85 {
    static final String DIGITS =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    private Base85() {}

    /**
     * @param size of the result; the text may hold up to three bytes more
     * @throws IllegalArgumentException if the text holds no such bytes
     */
    static byte[] decode(String text, int size) {
        if (text.length() % 5 != 0 || text.length() / 5 * 4 < size) {
            throw new IllegalArgumentException("Not the Z85 text of " + size + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() / 5 * 4);
        for (int i = 0; i < text.length(); i += 5) {
            long word = 0;
            for (int j = i; j < i + 5; j++) {
                int digit = DIGITS.indexOf(text.charAt(j));
                if (digit < 0) {
                    throw new IllegalArgumentException("Not a character of Z85");
                }
                word = word * 85 + digit;
            }
            bytes.putInt((int) word);
        }
        return Arrays.copyOf(bytes.array(), size);
    }
}
