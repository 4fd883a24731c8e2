package io.tidemark.web.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {

    private static String csv(byte[] value, boolean safe) {
        OutputBuffer out = new OutputBuffer(1);
        CsvText.write(Arrays.copyOf(value, value.length + 8), 0, value.length, safe, out);
        return new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8);
    }

    private static String csv(String value, boolean safe) {
        return csv(value.getBytes(StandardCharsets.UTF_8), safe);
    }

    private static String json(byte[] value) {
        OutputBuffer out = new OutputBuffer(1);
        JsonText.write(Arrays.copyOf(value, value.length + 8), 0, value.length, out);
        return new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(1)",
                "+1",
                "-1",
                "@x",
                "\tx",
                "  =1",
                "\u00a0=1",
                " \u00a0+1",
                "\ufeff=1",
                "\u2003-1",
                "\uff1d1",
                " \uff0b1",
                "\u3000@x"
            })
    void whatASpreadsheetWouldRunGetsAnApostropheAndRawDoesNot(String value) {
        assertThat(csv(value, true)).isEqualTo("'" + value);
        assertThat(csv(value, false)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1=1", "a-b", "user@example.org", "x", "'=1", "   ", "\u00e4=1", "\u2603", "1 + 1"})
    void whatIsNoFormulaIsLeftAlone(String value) {
        assertThat(csv(value, true)).isEqualTo(value);
    }

    @Test
    void onlyWhatMustBeIsQuotedAndTheEmptyTextIsNotNull() {
        assertThat(csv("", true)).isEqualTo("\"\"");
        assertThat(csv("null", true)).isEqualTo("null");
        assertThat(csv("a,b", true)).isEqualTo("\"a,b\"");
        assertThat(csv("a\"b", true)).isEqualTo("\"a\"\"b\"");
        assertThat(csv("a\nb", true)).isEqualTo("\"a\nb\"");
        assertThat(csv("\r=1,\"", true)).isEqualTo("\"'\r=1,\"\"\"");
        assertThat(csv("a\u0000b", true)).isEqualTo("a\u0000b");
    }

    @Test
    void whatIsNoUtf8ComesOutAsUtf8() {
        for (byte[] bad : new byte[][] {
            {'a', (byte) 0xff},
            {(byte) 0xc3},
            {(byte) 0xc0, (byte) 0x80},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xe2, (byte) 0x98}
        }) {
            String text = new String(bad, StandardCharsets.UTF_8);
            assertThat(csv(bad, true)).isEqualTo(text);
            assertThat(json(bad)).isEqualTo('"' + text + '"');
        }
    }

    @Test
    void jsonEscapesWhatItMust() {
        assertThat(json("a\"b\\c\n\t\u0001\u001f\u007f/\u2603".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("\"a\\\"b\\\\c\\n\\t\\u0001\\u001f\u007f/\u2603\"");
    }
}
