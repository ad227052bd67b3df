# SPDX-License-Identifier: Apache-2.0
"""The parts around a relay under load: the sink behind it, and a private Postfix. All on 127.0.0.1."""
import os
import pwd
import re
import shutil
import socket
import subprocess
import threading
import time


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for_port(port, seconds, alive=lambda: True):
    end = time.monotonic() + seconds
    while time.monotonic() < end and alive():
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as s:
                if s.recv(3) == b"220":
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"nothing answers on port {port} after {seconds} s")


class Sink:
    """Postfix's smtp-sink; counts the messages it has acknowledged."""

    def __init__(self):
        self.port, self.count = free_port(), 0
        self.process = subprocess.Popen(
            ["smtp-sink", "-c", "-u", "nobody", f"127.0.0.1:{self.port}", "1024"] if os.getuid() == 0
            else ["smtp-sink", "-c", f"127.0.0.1:{self.port}", "1024"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        threading.Thread(target=self.read, daemon=True).start()
        wait_for_port(self.port, 10)

    def read(self):
        rest = b""
        while True:
            piece = os.read(self.process.stdout.fileno(), 65536)
            if not piece:
                return
            rest = (rest + piece)[-4096:]
            counts = re.findall(rb"mesg=(\d+)", rest)
            if counts:
                self.count = max(self.count, int(counts[-1]))
            time.sleep(0.01)

    def wait_for(self, count, silence=60):
        """Until that many messages were acknowledged; gives up after so many seconds without a new one."""
        seen, since = -1, 0.0
        while self.count < count:
            if self.count != seen:
                seen, since = self.count, time.monotonic()
            elif time.monotonic() - since > silence:
                raise RuntimeError(f"the sink got {self.count} messages, expected {count}")
            time.sleep(0.005)

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


MAIN_CF = """\
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
daemon_directory = {daemons}
command_directory = {commands}
mail_owner = postfix
setgid_group = postdrop
maillog_file = {home}/log/mail.log
maillog_file_prefixes = {home}
myhostname = postfix.bench.example
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
relay_domains = {domain}
relay_transport = relay:[127.0.0.1]:{sink}
smtpd_relay_restrictions = reject_unauth_destination
smtp_host_lookup = native
"""


class Postfix:
    """This machine's Postfix with its defaults, its own configuration, queue and data directories."""
    name = "Postfix"

    def __init__(self, home, domain, sink, options):
        if os.getuid() != 0:
            raise SystemExit("Postfix needs root to start its own instance (or use --without-postfix)")
        self.home, self.port = home, free_port()
        for folder, owner in (("etc", 0), ("queue", 0), ("data", pwd.getpwnam("postfix").pw_uid), ("log", 0)):
            os.makedirs(f"{home}/{folder}", mode=0o755, exist_ok=True)
            os.chown(f"{home}/{folder}", owner, -1)
        values = {name: postconf(name) for name in ("daemon_directory", "command_directory")}
        with open(f"{home}/etc/main.cf", "w", encoding="ascii") as file:
            file.write(MAIN_CF.format(home=home, domain=domain, sink=sink, daemons=values["daemon_directory"],
                                      commands=values["command_directory"]))
            file.writelines(f"{option}\n" for option in options)
        self.write_master_cf()
        self.postfix("start")
        with open(f"{home}/queue/pid/master.pid", encoding="ascii") as file:
            self.pid = int(file.read())
        try:
            wait_for_port(self.port, 20)
        except RuntimeError:
            self.stop()
            raise

    def write_master_cf(self):
        """Debian's services, none in a chroot, smtpd on our port only."""
        lines = subprocess.run(["postconf", "-M"], check=True, capture_output=True, text=True).stdout.splitlines()
        with open(f"{self.home}/etc/master.cf", "w", encoding="ascii") as file:
            for line in lines:
                fields = line.split()
                if fields[7] == "pipe" or fields[0] == "postlog":
                    continue
                if fields[1] == "inet":
                    if fields[0] != "smtp":
                        continue
                    fields[0] = f"127.0.0.1:{self.port}"
                fields[4] = "n"
                file.write(" ".join(fields) + "\n")
            file.write("postlog unix-dgram n - n - 1 postlogd\n")

    def postfix(self, command):
        subprocess.run(["postfix", "-c", f"{self.home}/etc", command], check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)

    def stop(self):
        self.postfix("stop")
        end = time.monotonic() + 10
        while os.path.exists(f"/proc/{self.pid}") and time.monotonic() < end:
            time.sleep(0.1)
        shutil.rmtree(self.home, ignore_errors=True)


def postconf(name):
    return subprocess.run(["postconf", "-h", name], check=True, capture_output=True, text=True).stdout.strip()
