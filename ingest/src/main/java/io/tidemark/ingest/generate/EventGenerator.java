package io.tidemark.ingest.generate;

import static io.tidemark.ingest.generate.Phrases.utf8;

import org.apache.parquet.io.api.Binary;

/**
 * An endless stream of events; the caller gives their times, in order.
 *
 * <p>Deterministic: the seed and the calls' arguments decide every value. Not thread-safe.
 */
final class EventGenerator {
    private static final Binary EMPTY = utf8("");

    private final Dice dice;
    private final Choice<Channel> channels = Catalogue.channels();
    private final int users;
    private final Visit[] open;
    private int openCount;

    /**
     * @param users how many users there are; a few of them make most visits
     * @param openVisits how many sessions are under way at the same time; when another begins, one of them has ended
     */
    EventGenerator(long seed, int users, int openVisits) {
        dice = new Dice(seed);
        this.users = Math.max(1, users);
        open = new Visit[Math.max(1, openVisits)];
    }

    /** For the times of events, which are drawn from the same numbers. */
    Dice dice() {
        return dice;
    }

    /**
     * Adds one event.
     *
     * @param micros its time, since the epoch
     * @param newVisit true if it is the first of a session
     */
    void next(EventBatch batch, long micros, boolean newVisit) {
        Visit visit = newVisit || openCount == 0 ? begin() : open[dice.below(openCount)];
        EventKind kind = visit.events++ == 0
                ? visit.channel.first()
                : visit.channel.kinds().pick(dice);
        if (dice.oneIn(3)) {
            visit.resource = visit.pickResource(dice);
        }
        int row = batch.addRow();
        batch.timestamp(row, micros);
        batch.text(EventColumn.CHANNEL, row, visit.channel.name());
        batch.text(EventColumn.PLATFORM, row, visit.platform);
        batch.text(EventColumn.EVENT_TYPE, row, kind.type());
        batch.text(EventColumn.EVENT_CATEGORY, row, category(kind));
        batch.text(EventColumn.RESOURCE_ID, row, visit.resource.id());
        batch.text(EventColumn.RESOURCE_TITLE, row, visit.resource.title());
        batch.text(
                EventColumn.INTERACTION_TARGET,
                row,
                kind.target() == null ? EMPTY : kind.target().pick(dice));
        batch.text(EventColumn.SESSION_ID, row, visit.session);
        batch.text(EventColumn.USER_ID, row, visit.user);
        batch.text(EventColumn.DEVICE_ID, row, visit.device);
        batch.text(EventColumn.USER_AGENT, row, visit.agent);
        batch.text(EventColumn.CLIENT_VERSION, row, visit.version);
        batch.value(row, kind.measures() == 0 ? Double.NaN : measured(kind.measures()));
        batch.text(
                EventColumn.INTERACTION_TEXT,
                row,
                kind.says() == null ? EMPTY : kind.says().pick(dice));
        batch.text(EventColumn.METADATA, row, visit.metadata);
    }

    private Visit begin() {
        Visit visit = new Visit(channels.pick(dice), users, dice);
        int slot = openCount < open.length ? openCount++ : dice.below(open.length);
        open[slot] = visit;
        return visit;
    }

    private Binary category(EventKind kind) {
        int roll = dice.below(1000);
        if (roll < 3) {
            return null;
        }
        return roll < 20 ? EMPTY : kind.category();
    }

    /** Hundredths, more often small than large. */
    private double measured(double most) {
        double u = dice.nextDouble();
        return Math.floor(u * u * most * 100) / 100;
    }
}
