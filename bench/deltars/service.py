"""The real service, and somebody who looks at it all the time."""

import http.client
import json
import re
import subprocess
import threading
import time


class Service:
    """`serve` in a process of its own, on a free port."""

    def __init__(self, jar, table, state, log):
        self.jar, self.table, self.state, self.log = jar, str(table), str(state), log

    def __enter__(self):
        self.errors = open(self.log, "w", encoding="utf-8")
        command = ["java", "-Xmx512m", "-jar", self.jar, "serve", "--table", self.table, "--state-dir", self.state, "--port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"http://([\d.]+):(\d+)/", line)
        if not found:
            raise RuntimeError(f"The service did not start: see {self.log}")
        self.host, self.port = found.group(1), int(found.group(2))
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        self.errors.close()

    def connection(self):
        return http.client.HTTPConnection(self.host, self.port, timeout=30)

    def text(self, path):
        connection = self.connection()
        connection.request("GET", "/" + path)
        body = connection.getresponse().read().decode()
        connection.close()
        return body

    def get(self, path):
        return json.loads(self.text(path))

    def metrics(self, *names):
        found = re.findall(rf"^({'|'.join(names)})\S* (\S+)$", self.text("metrics"), re.MULTILINE)
        return ", ".join(f"{name} {float(value):,.0f}" for name, value in found)

    def resident_bytes(self):
        try:
            with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
                return int(re.search(r"VmRSS:\s+(\d+) kB", status.read()).group(1)) * 1024
        except OSError:
            return 0

    def verify(self):
        command = ["java", "-jar", self.jar, "verify", "--table", self.table, "--url", f"http://{self.host}:{self.port}/"]
        return subprocess.run(command, capture_output=True, text=True, check=False)


class Poller(threading.Thread):
    """Asks for the whole page over and over, and keeps the first answer of each version."""

    PAUSE = 0.003

    def __init__(self, service):
        super().__init__(daemon=True)
        self.service = service
        self.answers = {}  # version -> views, in the oracle's form
        self.seen = []  # (seconds since the epoch, version), when a version was seen first
        self.errors = []
        self.stale = []
        self.stopping = False

    def run(self):
        connection, tag, looked = self.service.connection(), None, 0
        while not self.stopping:
            try:
                connection.request("GET", "/api/v1/views", headers={"If-None-Match": tag} if tag else {})
                answer = connection.getresponse()
                body = answer.read()
                if answer.status == 200:
                    tag = answer.headers["ETag"]
                    page = json.loads(body)
                    self.seen.append((time.time(), page["version"]))
                    self.answers.setdefault(page["version"], views(page))
                elif answer.status not in (304, 503):
                    self.errors.append(answer.status)
                if time.monotonic() - looked > 0.5:
                    looked = time.monotonic()
                    status = self.service.get("api/v1/status")
                    if status["state"] in ("stale", "failed"):
                        self.stale.append(status["reason"])
            except (OSError, http.client.HTTPException) as failure:
                self.errors.append(repr(failure))
                connection = self.service.connection()
            time.sleep(self.PAUSE)

    def stop(self):
        self.stopping = True
        self.join(30)

    def wait_for(self, version, seconds):
        """Whether a version is served before so many seconds are over."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.seen and self.seen[-1][1] >= version:
                return True
            time.sleep(0.02)
        return False

    def freshness(self, written):
        """For each version after the first, in their order: seconds from its commit until it, or a later one, was answered."""
        result, at = [], 0
        for version in sorted(written)[1:]:
            while at < len(self.seen) and self.seen[at][1] < version:
                at += 1
            if at < len(self.seen):
                result.append(max(0.0, self.seen[at][0] - written[version]))
        return result

    def most_behind(self, written):
        """The largest number of commits that were there and not yet answered, when an answer changed."""
        most, newest = 0, 0
        times = sorted((when, version) for version, when in written.items())
        before = 0
        for when, version in self.seen:
            while newest < len(times) and times[newest][0] <= when:
                newest += 1
            if newest:
                most = max(most, times[newest - 1][1] - before)
            before = version
        return most


def views(page):
    """An answer of api/v1/views in the oracle's form."""
    order = lambda row: [(part is None, part or "") for part in row[:-1]]
    result = {"totals": page["totals"], "hourly": [[row["hour"], row["count"]] for row in page["hourly"]]}
    for name in ("channel", "type", "platform", "category"):
        result[name] = sorted(([row["value"], row["count"]] for row in page[name]), key=order)
    result["heatmap"] = sorted(([row["channel"], row["type"], row["count"]] for row in page["heatmap"]), key=order)
    return result
