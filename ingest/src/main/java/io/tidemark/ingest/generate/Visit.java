package io.tidemark.ingest.generate;

import static io.tidemark.ingest.generate.Phrases.utf8;

import java.util.HexFormat;
import org.apache.parquet.io.api.Binary;

/** One session while it lasts: what all its events share, and how many there were. */
final class Visit {
    private static final Binary NONE = utf8("");
    private static final String[] COUNTRIES = {"US", "DE", "GB", "FR", "JP", "BR", "IN", "ES", "NL", "CA"};
    private static final String[] CAMPAIGNS = {"none", "newsletter", "search_ad", "partner", "social"};

    final Channel channel;
    final Binary platform;
    final Binary session;
    final Binary user;
    final Binary device;
    final Binary agent;
    final Binary version;
    final Binary metadata;
    int events;
    Channel.Resource resource;

    Visit(Channel channel, int users, Dice dice) {
        this.channel = channel;
        Channel.Client client = channel.clients().pick(dice);
        platform = client.platform();
        agent = client.agents().pick(dice);
        version = client.versions().pick(dice);
        // As the writer in use does it: what is not known is the empty text, and hardly ever null.
        session = dice.oneIn(100) ? NONE : dice.oneIn(2000) ? null : id("s", dice.nextLong());
        int who = dice.skewedBelow(users);
        boolean known = dice.below(100) < 62;
        user = known ? utf8("user-" + (who + 1)) : NONE;
        device = dice.oneIn(25) ? NONE : known ? id("d", who * 31L + dice.below(2)) : id("d", dice.nextLong());
        metadata = utf8("{\"country\":\"" + COUNTRIES[dice.skewedBelow(COUNTRIES.length)] + "\",\"campaign\":\""
                + CAMPAIGNS[dice.skewedBelow(CAMPAIGNS.length)] + "\",\"variant\":\"" + (dice.oneIn(2) ? "A" : "B")
                + "\",\"returning\":" + known + "}");
        resource = pickResource(dice);
    }

    Channel.Resource pickResource(Dice dice) {
        return channel.resources().get(dice.skewedBelow(channel.resources().size()));
    }

    private static Binary id(String prefix, long number) {
        // Mixed, so that ids of neighbours do not look alike.
        return utf8(prefix + "-" + HexFormat.of().toHexDigits(new Dice(number).nextLong()));
    }
}
