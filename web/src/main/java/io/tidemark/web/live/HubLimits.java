package io.tidemark.web.live;

import io.tidemark.web.config.LimitSettings;
import io.tidemark.web.config.LimitSettings.Most;
import io.tidemark.web.config.Rate;
import java.time.Duration;

/**
 * What clients may use up.
 *
 * @param clients sockets of one table
 * @param subscriptions of one socket
 * @param filters distinct filters of one table's subscriptions; each keeps a roll-up
 * @param unsent characters that may wait for one client; beyond, its updates are merged instead of queued
 * @param stuckAfter a client that took nothing for so long is closed
 * @param requests of one client that may wait to be handled
 * @param recentSteps how many steps are kept for clients that come back
 * @param recentCells how many changed cells these may hold together
 * @param groups that the roll-ups of all filters may have together; the whole table's are not among them
 * @param messages that one client may send
 */
public record HubLimits(
        Most clients,
        int subscriptions,
        int filters,
        int unsent,
        Duration stuckAfter,
        int requests,
        int recentSteps,
        int recentCells,
        long groups,
        Rate messages) {

    public static final HubLimits DEFAULT = new HubLimits(
            LimitSettings.DEFAULT.counts().sockets(),
            16,
            256,
            64 << 10,
            Duration.ofSeconds(30),
            64,
            1024,
            1 << 20,
            defaultGroups(),
            LimitSettings.DEFAULT.rates().messages());

    /** With what a user has set. */
    public HubLimits with(LimitSettings settings) {
        return new HubLimits(
                settings.counts().sockets(),
                subscriptions,
                filters,
                unsent,
                stuckAfter,
                requests,
                recentSteps,
                recentCells,
                groups,
                settings.rates().messages());
    }

    /** An eighth of the heap; a group takes up to 45 bytes. */
    private static long defaultGroups() {
        return Runtime.getRuntime().maxMemory() / 8 / 45;
    }
}
