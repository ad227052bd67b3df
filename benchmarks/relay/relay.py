# SPDX-License-Identifier: Apache-2.0
"""Our relay as it is shipped, in a home of its own. On 127.0.0.1."""
import json
import os
import shutil
import subprocess
import time

from peers import wait_for_port

AMR = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "amr")


class Relay:
    name = "ours"

    def __init__(self, home, domain, sink):
        self.home = home
        self.environment = dict(
            os.environ, AMR_HOSTNAME="relay.bench.example", AMR_LISTEN_MAIL="127.0.0.1", AMR_PORT_RECEIVE="0",
            AMR_PORT_SUBMISSION="0", AMR_PORT_SUBMISSIONS="0", AMR_PORT_ADMIN="0",
            AMR_LIMIT_CONNECTIONS_PER_ADDRESS="1000")  # Postfix has no such limit for its own networks either
        self.start()  # the first start makes the home
        self.stop_process()
        with open(f"{home}/conf/relay.yaml", "a", encoding="ascii") as file:
            file.write(f"\nroutes:\n  {domain}: 127.0.0.1:{sink}\n")
        subprocess.run([AMR, "domain", "add", domain, "--home", home], check=True, env=self.environment,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=60)
        self.start()

    def start(self):
        ports = f"{self.home}/run/ports.json"
        with open(f"{self.home}.console", "ab") as console:
            self.process = subprocess.Popen([AMR, "run", "--home", self.home], env=self.environment,
                                            stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT)
        self.pid = self.process.pid  # the launcher becomes the Java process
        end = time.monotonic() + 600  # it may have to build first
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with open(ports, encoding="ascii") as file:
                    listening = json.load(file)
                if listening["pid"] == self.pid:
                    self.port = listening["receive"]
                    return wait_for_port(self.port, 30, lambda: self.process.poll() is None)
            except (OSError, ValueError):
                pass
            time.sleep(0.1)
        with open(f"{self.home}.console", encoding="utf-8", errors="replace") as console:
            raise RuntimeError("our relay does not start; it said:\n" + console.read())

    def stop_process(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)

    def stop(self):
        self.stop_process()
        shutil.rmtree(self.home, ignore_errors=True)
