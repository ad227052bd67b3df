# SPDX-License-Identifier: Apache-2.0
"""smtp-source -> relay -> smtp-sink for our relay and for Postfix, in turn, with the medians of some rounds."""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from peers import Postfix, Sink
from processes import PeakMemory, cpu_millis
from relay import Relay

DOMAIN = "bench.example"
COLUMNS = (("accepted", "accepted/s", 0), ("end_to_end", "end to end/s", 0), ("cpu", "CPU ms/mail", 2), ("memory", "peak MiB", 0))


def load(relay, sink, messages, sessions, size, reuse):
    """One round; the clock stops when the sink has acknowledged the last message."""
    before, cpu = sink.count, cpu_millis(relay.pid)
    command = ["smtp-source", "-s", str(min(sessions, messages)), "-m", str(messages), "-l", str(size),
               "-f", "sender@elsewhere.example", "-t", f"recipient@{DOMAIN}"]
    with PeakMemory(relay.pid) as memory:
        start = time.monotonic()
        subprocess.run(command + (["-d"] if reuse else []) + [f"127.0.0.1:{relay.port}"], check=True,
                       stdin=subprocess.DEVNULL, timeout=600)
        accepted = time.monotonic() - start
        sink.wait_for(before + messages)
        delivered = time.monotonic() - start
    time.sleep(0.5)  # what is still to be written down belongs to the round
    return {"accepted": messages / accepted, "end_to_end": messages / delivered,
            "cpu": (cpu_millis(relay.pid) - cpu) / messages, "memory": memory.peak}


def medians(rounds):
    return {key: statistics.median(r[key] for r in rounds) for key, _, _ in COLUMNS}


def print_table(results):
    print(f"{'relay':<10}{'sessions':>9}" + "".join(f"{title:>14}" for _, title, _ in COLUMNS))
    for row in results:
        print(f"{row['relay']:<10}{row['sessions']:>9}" + "".join(f"{row[key]:>14.{digits}f}" for key, _, digits in COLUMNS))
    for sessions in sorted({row["sessions"] for row in results}):
        pair = {row["relay"]: row for row in results if row["sessions"] == sessions}
        if len(pair) == 2:
            ours, theirs = pair["ours"], pair["Postfix"]
            print(f"ratio to Postfix, {sessions} sessions: end to end {ours['end_to_end'] / theirs['end_to_end']:.2f}, "
                  f"accepted {ours['accepted'] / theirs['accepted']:.2f}, CPU {ours['cpu'] / theirs['cpu']:.2f}, "
                  f"memory {ours['memory'] / theirs['memory']:.2f}")


def arguments():
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__)
    parser.add_argument("--messages", type=int, default=5000, help="in a round (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="for each relay and number of sessions (%(default)s)")
    parser.add_argument("--sessions", default="20,100", help="parallel clients, comma-separated (%(default)s)")
    parser.add_argument("--size", type=int, default=10240, help="octets of a message (%(default)s)")
    parser.add_argument("--warm-up", type=int, default=5000, help="messages before the first round (%(default)s)")
    parser.add_argument("--reuse", action="store_true", help="clients send all their messages in one connection")
    parser.add_argument("--postfix-option", action="append", default=[], metavar="NAME=VALUE", help="a line for main.cf")
    parser.add_argument("--without-postfix", action="store_true", help="load only our relay")
    parser.add_argument("--without-ours", action="store_true", help="load only Postfix")
    parser.add_argument("--work", default="/var/tmp", help="folder for both queues, on the disk to be measured (%(default)s)")
    parser.add_argument("--json", action="store_true", help="print the result as JSON, rounds included")
    return parser.parse_args()


def run(options, work, running):
    sink = Sink()
    running.append(sink)
    relays = []
    if not options.without_ours:
        relays.append(Relay(f"{work}/ours", DOMAIN, sink.port))
        running.append(relays[-1])
    if not options.without_postfix:
        relays.append(Postfix(f"{work}/postfix", DOMAIN, sink.port, options.postfix_option))
        running.append(relays[-1])
    for relay in relays:
        if options.warm_up:
            load(relay, sink, options.warm_up, 20, options.size, options.reuse)
    results = []
    for sessions in (int(number) for number in options.sessions.split(",")):
        rounds = {relay.name: [] for relay in relays}
        for number in range(options.rounds):
            for relay in relays:
                result = load(relay, sink, options.messages, sessions, options.size, options.reuse)
                rounds[relay.name].append(result)
                print(f"round {number + 1}, {sessions} sessions, {relay.name}: {result['end_to_end']:.0f}/s end to end, "
                      f"{result['cpu']:.2f} ms", file=sys.stderr)
        results += [{"relay": name, "sessions": sessions, **medians(r), "rounds": r} for name, r in rounds.items()]
    return results


def main():
    options = arguments()
    work = tempfile.mkdtemp(prefix="relay-benchmark-", dir=options.work)
    os.chmod(work, 0o755)
    running = []
    try:
        results = run(options, work, running)
    finally:
        for part in reversed(running):
            part.stop()
        shutil.rmtree(work, ignore_errors=True)
    if options.json:
        print(json.dumps(results, indent=2))
    else:
        print_table(results)


if __name__ == "__main__":
    main()
