package io.tidemark.web.export;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Days and microseconds since 1970 of dates and times as the row scan writes them: in ISO 8601. */
final class IsoTime {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int DATE = "2026-01-01".length();
    private static final int TIME = "2026-01-01T00:00:00".length();

    private IsoTime() {}

    /** {@code 2026-01-01}; years may have a sign and more digits. */
    static long day(byte[] text, int at, int length) {
        if (length == DATE && isPlainYear(text, at)) {
            return day(text, at);
        }
        return LocalDate.parse(new String(text, at, length, StandardCharsets.US_ASCII))
                .toEpochDay();
    }

    /**
     * {@code 2026-01-01T00:00:00}, with a fraction or not, with a Z or not; floored to microseconds.
     *
     * @throws ArithmeticException if 64 bits do not hold it
     */
    static long micros(byte[] text, int at, int length) {
        if (length < TIME || !isPlainYear(text, at) || text[at + DATE] != 'T') {
            return parse(new String(text, at, length, StandardCharsets.US_ASCII));
        }
        long seconds = day(text, at) * SECONDS_PER_DAY
                + number(text, at + 11, 2) * 3600L
                + number(text, at + 14, 2) * 60L
                + number(text, at + 17, 2);
        return seconds * MICROS_PER_SECOND + fraction(text, at + TIME, at + length);
    }

    private static boolean isPlainYear(byte[] text, int at) {
        return text[at] >= '0' && text[at] <= '9' && text[at + 4] == '-';
    }

    private static long fraction(byte[] text, int at, int end) {
        if (at == end || text[at] != '.') {
            return 0;
        }
        long micros = 0;
        long unit = MICROS_PER_SECOND / 10;
        for (int i = at + 1; i < end && text[i] != 'Z'; i++, unit /= 10) {
            micros += (text[i] - '0') * unit;
        }
        return micros;
    }

    /** Days from civil, as Howard Hinnant's paper has it: years begin in March, so the odd day comes last. */
    private static long day(byte[] text, int at) {
        int month = number(text, at + 5, 2);
        int year = number(text, at, 4) - (month <= 2 ? 1 : 0);
        int era = Math.floorDiv(year, 400);
        int ofEra = year - era * 400;
        int ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + number(text, at + 8, 2) - 1;
        return era * 146_097L + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
    }

    private static int number(byte[] text, int at, int digits) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            value = value * 10 + text[i] - '0';
        }
        return value;
    }

    private static long parse(String text) {
        Instant instant = text.endsWith("Z")
                ? Instant.parse(text)
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        long seconds = instant.getEpochSecond();
        long micros = instant.getNano() / 1_000;
        // Towards zero first: the whole seconds alone of the least times do not fit.
        return seconds < 0
                ? Math.addExact(Math.multiplyExact(seconds + 1, MICROS_PER_SECOND), micros - MICROS_PER_SECOND)
                : Math.addExact(Math.multiplyExact(seconds, MICROS_PER_SECOND), micros);
    }
}
