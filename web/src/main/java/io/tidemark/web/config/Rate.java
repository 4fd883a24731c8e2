package io.tidemark.web.config;

/**
 * How often something may happen.
 *
 * @param perSecond in the long run; infinite: as often as one likes
 * @param burst that may happen at once after a while of quiet
 */
public record Rate(double perSecond, int burst) {
    public static final Rate UNLIMITED = new Rate(Double.POSITIVE_INFINITY, Integer.MAX_VALUE);

    private static final double MOST = 1e6;

    public Rate {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException("not above zero: " + perSecond + ", " + burst);
        }
    }

    /**
     * Understands a number a second; 0 is {@link #UNLIMITED}.
     *
     * @param option named in the message if the text is no such number
     * @param seconds of quiet after which a burst has as many as these seconds
     */
    public static Rate parse(String option, String text, int seconds) {
        double number;
        try {
            number = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            number = -1;
        }
        if (number == 0) {
            return UNLIMITED;
        }
        if (!(number >= 0.1 && number <= MOST)) {
            throw new ConfigException(option + ": '" + text
                    + "' is not a number a second from 0.1 to 1000000, or 0 for as many as come. Example: 500");
        }
        return new Rate(number, (int) Math.ceil(number * seconds));
    }

    /** Between two, in the long run. */
    public long nanosBetween() {
        return (long) (1e9 / perSecond);
    }
}
