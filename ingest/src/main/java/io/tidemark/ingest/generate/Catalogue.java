package io.tidemark.ingest.generate;

import static io.tidemark.ingest.generate.Phrases.utf8;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Binary;

/** The make-believe company whose events these are: a shop with a site, an app, assistants and agents. */
final class Catalogue {
    private static final EventKind SESSION_START = kind("session_start", "system_event", null, null, 0);
    private static final EventKind ERROR =
            kind("error", "error", targets("api", "render", "network", "payment"), null, 0);
    private static final EventKind FEEDBACK =
            kind("feedback", "engagement", targets("rating", "survey"), Phrases.messages(), 5);

    private Catalogue() {}

    static Choice<Channel> channels() {
        return Choice.of(46, web())
                .or(27, mobile())
                .or(11, chat())
                .or(6, voice())
                .or(4, speech())
                .or(4, agent())
                .or(2, email())
                .build();
    }

    private static Channel web() {
        EventKind pageView = kind("page_view", "navigation", null, null, 0);
        Choice<EventKind> kinds = Choice.of(41, pageView)
                .or(
                        19,
                        kind(
                                "button_click",
                                "user_action",
                                targets("add_to_cart", "buy", "menu", "filter", "share"),
                                null,
                                0))
                .or(12, kind("navigation", "navigation", targets("header", "footer", "breadcrumb"), null, 0))
                .or(8, kind("search", "user_action", targets("search_box"), Phrases.searches(), 0))
                .or(8, kind("interaction", "engagement", targets("carousel", "tab", "accordion"), null, 0))
                .or(5, kind("form_submit", "user_action", targets("checkout", "newsletter", "contact"), null, 0))
                .or(3, kind("video_play", "engagement", targets("player"), null, 600))
                .or(1.5, kind("purchase", "conversion", targets("checkout"), null, 400))
                .or(1, FEEDBACK)
                .or(1.5, ERROR)
                .build();
        Choice<Channel.Client> clients = Choice.of(
                        54, client("chrome", browser("Chrome/142.0.0.0 Safari/537.36"), "2.14.0", "2.13.2"))
                .or(20, client("safari", browser("Version/19.1 Safari/605.1.15"), "2.14.0", "2.13.2"))
                .or(12, client("edge", browser("Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"), "2.14.0", "2.13.2"))
                .or(9, client("firefox", browser("Gecko/20100101 Firefox/145.0"), "2.14.0", "2.12.9"))
                .or(5, client("", Choice.of(1, utf8("")).build(), ""))
                .build();
        return new Channel(utf8("web"), clients, pageView, kinds, resources("page", "/shop/item", 400));
    }

    private static Channel mobile() {
        EventKind screen = kind("screen_view", "navigation", null, null, 0);
        Choice<EventKind> kinds = Choice.of(38, screen)
                .or(22, kind("button_click", "user_action", targets("buy", "back", "save", "share"), null, 0))
                .or(14, kind("interaction", "engagement", targets("swipe", "long_press", "scroll"), null, 0))
                .or(10, kind("navigation", "navigation", targets("tab_bar", "drawer"), null, 0))
                .or(6, kind("search", "user_action", targets("search_box"), Phrases.searches(), 0))
                .or(5, kind("push_open", "engagement", targets("notification"), null, 0))
                .or(1.5, kind("purchase", "conversion", targets("checkout"), null, 250))
                .or(2, ERROR)
                .build();
        Choice<Channel.Client> clients = Choice.of(
                        52,
                        client(
                                "ios",
                                Choice.of(1, utf8("ShopApp/8.2 (iPhone; iOS 26.1)"))
                                        .build(),
                                "8.2.0",
                                "8.1.4",
                                "8.0.1"))
                .or(
                        45,
                        client(
                                "android",
                                Choice.of(1, utf8("ShopApp/8.2 (Linux; Android 16)"))
                                        .build(),
                                "8.2.1",
                                "8.1.9",
                                "7.9.0"))
                .or(3, client("", Choice.of(1, utf8("okhttp/5.1.0")).build(), ""))
                .build();
        return new Channel(utf8("mobile"), clients, SESSION_START, kinds, resources("screen", "screen", 60));
    }

    private static Channel chat() {
        EventKind message = kind("message", "user_action", targets("composer"), Phrases.messages(), 0);
        Choice<EventKind> kinds = Choice.of(58, message)
                .or(
                        22,
                        kind(
                                "intent",
                                "system_event",
                                targets("order_status", "returns", "greeting", "human"),
                                null,
                                1))
                .or(10, kind("interaction", "engagement", targets("quick_reply", "link"), null, 0))
                .or(6, FEEDBACK)
                .or(2, kind("handover", "system_event", targets("agent_desk"), null, 0))
                .or(2, ERROR)
                .build();
        Choice<Channel.Client> clients = Choice.of(38, client("webchat", agents("chat-widget/3.4"), "3.4.0", "3.3.1"))
                .or(24, client("slack", agents("Slackbot 1.0"), "1.0"))
                .or(20, client("whatsapp", agents("WhatsApp/2.25"), "2.25"))
                .or(15, client("teams", agents("Microsoft-Teams/25"), "25.1"))
                .or(3, client("", agents(""), ""))
                .build();
        return new Channel(utf8("chat"), clients, message, kinds, resources("conversation", "topic", 80));
    }

    private static Channel voice() {
        EventKind intent =
                kind("intent", "user_action", targets("play", "timer", "lights", "list"), Phrases.utterances(), 1);
        Choice<EventKind> kinds = Choice.of(68, intent)
                .or(20, kind("message", "system_event", targets("reply"), null, 20))
                .or(8, kind("interaction", "engagement", targets("barge_in", "reprompt"), null, 0))
                .or(4, ERROR)
                .build();
        Choice<Channel.Client> clients = Choice.of(55, client("alexa", agents("Alexa/2.2"), "2.2"))
                .or(30, client("google_assistant", agents("Google-Assistant/1.0"), "1.0"))
                .or(15, client("siri", agents("SiriKit/26"), "26.1"))
                .build();
        return new Channel(utf8("voice"), clients, intent, kinds, resources("skill", "skill", 25));
    }

    private static Channel speech() {
        EventKind message = kind("message", "user_action", targets("caller"), Phrases.messages(), 30);
        Choice<EventKind> kinds = Choice.of(62, message)
                .or(25, kind("intent", "system_event", targets("balance", "opening_hours", "human"), null, 1))
                .or(9, kind("handover", "system_event", targets("call_centre"), null, 0))
                .or(4, ERROR)
                .build();
        Choice<Channel.Client> clients = Choice.of(80, client("phone", agents("ivr/5.0"), "5.0"))
                .or(20, client("kiosk", agents("kiosk/1.9"), "1.9"))
                .build();
        return new Channel(utf8("speech"), clients, SESSION_START, kinds, resources("call", "line", 12));
    }

    private static Channel agent() {
        EventKind task = kind("task", "user_action", targets("planner"), Phrases.tasks(), 0);
        Choice<EventKind> kinds = Choice.of(
                        55, kind("tool_call", "system_event", targets("search", "browser", "sql", "mail"), null, 12))
                .or(20, task)
                .or(18, kind("message", "engagement", targets("reply"), Phrases.tasks(), 0))
                .or(7, ERROR)
                .build();
        Choice<Channel.Client> clients = Choice.of(
                        60, client("assistant", agents("agent-runtime/1.7"), "1.7.3", "1.7.2"))
                .or(30, client("browser_agent", agents("agent-browser/0.9"), "0.9.8"))
                .or(10, client("", agents(""), ""))
                .build();
        return new Channel(utf8("agent"), clients, task, kinds, resources("task", "task", 40));
    }

    private static Channel email() {
        EventKind open = kind("email_open", "engagement", null, null, 0);
        Choice<EventKind> kinds = Choice.of(60, open)
                .or(35, kind("link_click", "user_action", targets("hero", "footer", "unsubscribe"), null, 0))
                .or(5, FEEDBACK)
                .build();
        Choice<Channel.Client> clients = Choice.of(50, client("gmail", agents("GoogleImageProxy"), ""))
                .or(30, client("apple_mail", agents("AppleMail/26"), ""))
                .or(20, client("outlook", agents("Microsoft Outlook 16"), ""))
                .build();
        return new Channel(utf8("email"), clients, open, kinds, resources("campaign", "campaign", 18));
    }

    private static EventKind kind(
            String type, String category, Choice<Binary> target, Choice<Binary> says, double measures) {
        return new EventKind(utf8(type), utf8(category), target, says, measures);
    }

    private static Choice<Binary> targets(String... names) {
        Choice.Builder<Binary> choice = new Choice.Builder<>();
        for (int i = 0; i < names.length; i++) {
            choice.or(1.0 / (i + 1), utf8(names[i]));
        }
        return choice.build();
    }

    private static Channel.Client client(String platform, Choice<Binary> agents, String... versions) {
        return new Channel.Client(utf8(platform), agents, targets(versions));
    }

    private static Choice<Binary> agents(String agent) {
        return Choice.of(1, utf8(agent)).build();
    }

    private static Choice<Binary> browser(String product) {
        return Choice.of(60, utf8("Mozilla/5.0 (Windows NT 10.0; Win64; x64) " + product))
                .or(30, utf8("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) " + product))
                .or(10, utf8("Mozilla/5.0 (X11; Linux x86_64) " + product))
                .build();
    }

    private static List<Channel.Resource> resources(String kind, String name, int count) {
        List<Channel.Resource> resources = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            resources.add(new Channel.Resource(
                    utf8(kind + ":" + name + "-" + i),
                    utf8(titled(kind) + " “" + titled(name.replace("/", " ").trim()) + " " + i + "”")));
        }
        return resources;
    }

    private static String titled(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
