#!/usr/bin/env python3
"""
A live run: delta-rs writes many tiny commits, with DELETE, UPDATE, OPTIMIZE and VACUUM (no retention) between, while the real
service follows; then every answer that it gave is compared with what delta-rs, pyarrow and DuckDB find at the same version.

    python3 -m venv venv && venv/bin/pip install -r bench/deltars/requirements.txt
    mvn -q -DskipTests package && venv/bin/python bench/deltars/live.py

Exit code 0: each number of each answer was right, the last version was served, and `verify` agrees. 1: not so.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import oracle
from events import Events
from service import Poller, Service
from table import Table

HERE = Path(__file__).resolve().parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--commits", type=int, default=2000, help="appends of 5 to 100 rows")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--rate", type=float, default=0, help="appends a second; 0: as fast as delta-rs writes them")
    parser.add_argument("--optimize-every", type=int, default=100, help="appends between OPTIMIZE and VACUUM")
    parser.add_argument("--rewrite-every", type=int, default=170, help="appends between DELETE or UPDATE")
    parser.add_argument("--check-every", type=int, default=1, help="of the versions that were answered, each how manieth to compare")
    parser.add_argument("--jar", default=str(HERE.parent.parent / "web/target/tidemark.jar"))
    parser.add_argument("--keep", help="folder to work in, which is kept; by default a temporary one")
    return parser.parse_args()


def write(table, options):
    """Makes all commits; returns how many appends there were and the seconds that they took."""
    events = Events(options.seed)
    dice = random.Random(options.seed)
    began = time.monotonic()
    for n in range(1, options.commits + 1):
        # Ten seconds of event time a commit, as the usual writer has it.
        minutes = n // 6
        start = f"2026-03-{1 + minutes // 1440:02d}T{minutes // 60 % 24:02d}:{minutes % 60:02d}:00"
        table.append(events.batch(events.rows(), start, hours=10 / 3600, sessions=5000))
        if n % options.rewrite_every == 0:
            if dice.random() < 0.5:
                table.delete(f"session_id = 's-{dice.randrange(5000)}' OR event_category = 'error' AND channel = 'agent'")
            else:
                table.update({"platform": "'none'"}, "platform = '' AND channel = 'chat'")
        if n % options.optimize_every == 0:
            table.optimize(z_order=dice.random() < 0.3)
            table.vacuum()
        if options.rate > 0:
            time.sleep(max(0, began + n / options.rate - time.monotonic()))
    return time.monotonic() - began


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def compare(answers, mirror, every, out):
    """Compares answers with recounts; returns how many versions and cells were compared, and the versions that differ."""
    wrong, cells = [], 0
    versions = sorted(answers)
    chosen = versions[::every]
    if versions and versions[-1] not in chosen:
        chosen.append(versions[-1])
    for n, version in enumerate(chosen, start=1):
        expected = oracle.views(str(mirror), version)
        served = answers[version]
        cells += sum(len(groups) for groups in expected.values())
        if served != expected:
            wrong.append(version)
            for view in expected:
                if served.get(view) != expected[view]:
                    print(f"DIFFERENT version {version}, {view}: served {served.get(view)}, counted {expected[view]}", file=out)
        if n % 200 == 0:
            print(f"compared {n} of {len(chosen)} versions, {len(wrong)} differ", file=sys.stderr)
    return len(chosen), cells, wrong


def main():
    options = arguments()
    work = Path(options.keep or tempfile.mkdtemp(prefix="tidemark-deltars-"))
    work.mkdir(parents=True, exist_ok=True)
    print(f"seed {options.seed}, {options.commits} appends, delta-rs into {'a kept' if options.keep else 'a temporary'} folder")
    shutil.rmtree(work / "state", ignore_errors=True)
    table = Table(work / "table", work / "mirror")
    table.append(Events(options.seed + 1).batch(5))
    with Service(options.jar, table.path, work / "state", work / "service.log") as service:
        poller = Poller(service)
        poller.start()
        if not poller.wait_for(0, 120):
            raise RuntimeError(f"The service does not serve the table: see {service.log}")
        seconds = write(table, options)
        reached = poller.wait_for(table.version, 120)
        poller.stop()
        status = service.get("api/v1/status")
        metrics = service.metrics("tidemark_files_scanned_total", "tidemark_rows_applied_total")
        memory = service.resident_bytes()
        verified = service.verify()
    fresh = poller.freshness(table.written)
    print(f"written: {table.version + 1} commits ({table.kinds()}) in {seconds:.1f} s: {(table.version + 1) / seconds:.1f} a second")
    print(f"served: {len(poller.answers)} versions seen by polling; the last one, {table.version}: {'yes' if reached else 'NO'}")
    print(f"lag: at most {poller.most_behind(table.written)} versions behind")
    for share in (0.5, 0.9, 0.99):
        print(f"freshness p{share * 100:g}: {percentile(fresh, share) * 1000:.1f} ms", end=", ")
    print(f"longest {max(fresh) * 1000:.0f} ms (version {fresh.index(max(fresh)) + 1}: {table.kind[fresh.index(max(fresh)) + 1]})")
    print(f"state {status['state']}, {status['table']['rows']:,} rows, {status['table']['files']} files, {metrics}, resident {memory >> 20} MiB")
    print(f"errors: {poller.errors or 'none'}; stale seen: {poller.stale[:3] or 'never'}")
    print(f"verify: {verified.stdout.strip().splitlines()[-1] if verified.stdout else verified.stderr}")
    compared, cells, wrong = compare(poller.answers, work / "mirror", options.check_every, sys.stdout)
    print(f"compared: {compared} versions, {cells:,} numbers, {len(wrong)} versions differ {wrong[:10] if wrong else ''}")
    if not options.keep:
        shutil.rmtree(work)
    return 0 if reached and not wrong and compared and verified.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
