package io.tidemark.ingest.generate;

/** How busy each hour is: quiet nights, a morning and an evening peak, weaker weekends. UTC. */
final class Rhythm {
    private static final int HOURS_A_WEEK = 168;

    /** Thursday, 1 January 1970 is hour 0; weeks here begin on that Thursday. */
    private static final int SATURDAY = 2;

    private static final int SUNDAY = 3;

    private static final double[] HOUR_OF_DAY = {
        0.42, 0.33, 0.28, 0.26, 0.28, 0.36, 0.52, 0.78, 1.08, 1.32, 1.44, 1.46, //
        1.36, 1.40, 1.46, 1.42, 1.34, 1.26, 1.24, 1.32, 1.38, 1.22, 0.92, 0.62
    };

    private Rhythm() {}

    /**
     * Events in an hour, relative to a mean hour.
     *
     * @param hour hours since the epoch, UTC
     */
    static double weight(long hour) {
        int ofWeek = (int) Math.floorMod(hour, (long) HOURS_A_WEEK);
        int day = ofWeek / 24;
        double ofDay = HOUR_OF_DAY[ofWeek % 24];
        // No two hours alike: up to 8 % more or less, the same for the same hour.
        double ripple = 0.92 + 0.16 * new Dice(hour).nextDouble();
        if (day == SATURDAY) {
            return ofDay * 0.62 * ripple;
        }
        return day == SUNDAY ? ofDay * 0.70 * ripple : ofDay * ripple;
    }
}
