"""Events as a delta-rs writer behind Kafka puts them into a table: pandas batches, and "" where a value is not known."""

import numpy as np
import pandas as pd

HOUR_US = 3_600_000_000

CHANNELS = {
    "web": ["chrome", "firefox", "safari", "edge", ""],
    "mobile": ["ios", "android"],
    "chat": ["slack", "teams", "messenger", ""],
    "voice": ["alexa", "google_home", "phone"],
    "agent": ["", "console"],
}
TYPES = ["navigation", "interaction", "message", "intent", "page_view", "button_click"]
CATEGORIES = ["user_action", "system_event", "engagement", "error", "navigation", ""]
TEXTS = [
    "",
    "hello",
    "<script>alert(1)</script>",
    "=HYPERLINK(\"x\")",
    "Zażółć gęślą jaźń 🌊",
    "a\tb\nc\"d'e\\f",
    "\u202eright to left",
]


class Events:
    """Batches of events; the same seed and calls give the same rows."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)

    def rows(self):
        """How many rows the next batch of the usual writer has."""
        return int(self.random.integers(5, 101))

    def batch(self, rows, start="2026-03-01T00:00:00", hours=6.0, sessions=400):
        """
        A batch of rows whose times lie in the hours after start, UTC.

        Columns are those of the analytics-events table; nothing is null but interaction_value.
        """
        random = self.random
        first = pd.Timestamp(start).value // 1_000
        times = first + random.integers(0, max(1, int(hours * HOUR_US)), rows)
        channel = random.choice(list(CHANNELS), rows, p=[0.4, 0.25, 0.15, 0.12, 0.08])
        session = [self._maybe(f"s-{n}", 0.05) for n in random.integers(0, sessions, rows)]
        return pd.DataFrame(
            {
                "timestamp": pd.Series(times.astype("datetime64[us]")).dt.tz_localize("UTC"),
                "channel": channel,
                "platform": [random.choice(CHANNELS[c]) for c in channel],
                "event_type": random.choice(TYPES, rows),
                "event_category": random.choice(CATEGORIES, rows),
                "resource_id": [f"/r/{n}" for n in random.integers(0, 50, rows)],
                "resource_title": [self._maybe(f"Title {n}", 0.3) for n in random.integers(0, 50, rows)],
                "interaction_target": [self._maybe(f"#t{n}", 0.5) for n in random.integers(0, 20, rows)],
                "session_id": session,
                "user_id": [self._maybe(f"u-{n}", 0.3) for n in random.integers(0, 200, rows)],
                "device_id": [self._maybe(f"d-{n}", 0.3) for n in random.integers(0, 250, rows)],
                "user_agent": random.choice(["Mozilla/5.0", "curl/8", ""], rows),
                "client_version": random.choice(["1.0.0", "1.1.0", "2.0.0-rc1", ""], rows),
                "interaction_value": np.where(random.random(rows) < 0.5, np.nan, random.random(rows) * 100),
                "interaction_text": random.choice(TEXTS, rows),
                "metadata": [f'{{"n": {n}}}' for n in random.integers(0, 10, rows)],
            }
        )

    def _maybe(self, text, emptiness):
        return "" if self.random.random() < emptiness else text
