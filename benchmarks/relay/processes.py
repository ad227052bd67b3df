# SPDX-License-Identifier: Apache-2.0
"""What a tree of processes has used, read from /proc (Linux only)."""
import os
import threading

TICK_MILLIS = 1000.0 / os.sysconf("SC_CLK_TCK")


def stat(pid):
    """(parent, CPU milliseconds of the process and of all children it has reaped), or None when it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(fields[1]), sum(int(f) for f in fields[11:15]) * TICK_MILLIS


def tree(root):
    """pid -> CPU milliseconds for the root and everything below it."""
    stats = {int(name): stat(name) for name in os.listdir("/proc") if name.isdigit()}
    stats = {pid: s for pid, s in stats.items() if s}
    children = {}
    for pid, (parent, _) in stats.items():
        children.setdefault(parent, []).append(pid)
    found, todo = {}, [root]
    while todo:
        pid = todo.pop()
        if pid in stats:
            found[pid] = stats[pid][1]
            todo += children.get(pid, [])
    return found


def cpu_millis(root):
    """CPU of the tree since its start. Complete, short-lived daemons too: who is gone was reaped by its parent."""
    return sum(tree(root).values())


def memory_mib(root):
    """Proportional set size of the tree: pages that processes share count once."""
    total = 0
    for pid in tree(root):
        try:
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
                total += next((int(line.split()[1]) for line in file if line.startswith("Pss:")), 0)
        except (FileNotFoundError, ProcessLookupError):
            pass
    return total / 1024


class PeakMemory:
    """Samples the memory of a tree four times a second while the block runs."""

    def __init__(self, root):
        self.root, self.peak, self.over = root, 0.0, threading.Event()
        self.thread = threading.Thread(target=self.sample, daemon=True)

    def sample(self):
        while True:
            self.peak = max(self.peak, memory_mib(self.root))
            if self.over.wait(0.25):
                return

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
