# SPDX-License-Identifier: Apache-2.0
"""Our relay as it is shipped, in a home of its own."""


class Relay:
    name = "ours"

    def __init__(self, home, domain, sink):
        raise SystemExit("not yet")
