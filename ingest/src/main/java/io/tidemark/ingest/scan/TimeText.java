package io.tidemark.ingest.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes dates and times as {@link ValueText} does, digit by digit and without an object: an export writes one for each row.
 * Not for more than one thread.
 */
final class TimeText {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long SECONDS_PER_DAY = 86_400;

    /** Days from 0000-03-01 to 1970-01-01, and of 400 years. */
    private static final int DAYS_TO_EPOCH = 719_468;

    private static final int DAYS_PER_ERA = 146_097;

    /** 0000-01-01 and 10000-01-01: years of four digits lie between. */
    private static final long FIRST_DAY = -719_528;

    private static final long LAST_DAY = 2_932_897;

    /** Rows that follow each other are often of one day. */
    private long lastDay = Long.MIN_VALUE;

    private final byte[] lastDate = new byte[10];

    /** {@code YYYY-MM-DD}; returns its length. */
    static int date(long epochDay, byte[] text) {
        if (epochDay < FIRST_DAY || epochDay >= LAST_DAY) {
            return put(ValueText.date(epochDay), text);
        }
        // Years that begin in March have their leap day at the end.
        int day = (int) epochDay + DAYS_TO_EPOCH;
        int era = Math.floorDiv(day, DAYS_PER_ERA);
        int dayOfEra = day - era * DAYS_PER_ERA;
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        two(year / 100, text, 0);
        two(year % 100, text, 2);
        text[4] = '-';
        two(month, text, 5);
        text[7] = '-';
        two(dayOfMonth, text, 8);
        return 10;
    }

    /**
     * {@code 2020-01-01T00:00:00.123Z}; returns its length. With a zone the fraction has three, six or nine digits or is not
     * there, without one it ends with its last digit that is not 0.
     */
    int time(long epochSecond, int nanos, boolean zoned, byte[] text) {
        long day = Math.floorDiv(epochSecond, SECONDS_PER_DAY);
        if (day < FIRST_DAY || day >= LAST_DAY) {
            return put(ValueText.time(epochSecond, nanos, zoned), text);
        }
        int second = (int) (epochSecond - day * SECONDS_PER_DAY);
        if (day != lastDay) {
            date(day, lastDate);
            lastDay = day;
        }
        LONG.set(text, 0, (long) LONG.get(lastDate, 0));
        SHORT.set(text, 8, (short) SHORT.get(lastDate, 8));
        text[10] = 'T';
        two(second / 3_600, text, 11);
        text[13] = ':';
        two(second / 60 % 60, text, 14);
        text[16] = ':';
        two(second % 60, text, 17);
        int length = 19;
        if (nanos != 0) {
            length = fraction(nanos, zoned, text, length);
        }
        if (zoned) {
            text[length++] = 'Z';
        }
        return length;
    }

    private static int fraction(int nanos, boolean inThrees, byte[] text, int at) {
        text[at] = '.';
        int micros = nanos / 1_000;
        two(micros / 10_000, text, at + 1);
        two(micros / 100 % 100, text, at + 3);
        two(micros % 100, text, at + 5);
        int end = at + 7;
        int rest = nanos - micros * 1_000;
        if (rest != 0) {
            text[end++] = (byte) ('0' + rest / 100);
            two(rest % 100, text, end);
            end += 2;
        } else if (inThrees && micros % 1_000 == 0) {
            end -= 3;
        }
        while (!inThrees && text[end - 1] == '0') {
            end--;
        }
        return end;
    }

    private static void two(int value, byte[] text, int at) {
        SHORT.set(text, at, NumberText.PAIRS[value]);
    }

    private static int put(String value, byte[] text) {
        byte[] ascii = value.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(ascii, 0, text, 0, ascii.length);
        return ascii.length;
    }
}
