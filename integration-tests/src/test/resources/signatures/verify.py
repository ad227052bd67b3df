# SPDX-License-Identifier: Apache-2.0
"""Verifies each signature of a message with Debian's python3-dkim: verify.py MESSAGE RECORDS.

RECORDS has lines of a name, a space and the text of a TXT record. Prints "number true" or "number false" for each signature.
"""
import re
import sys

import dkim

message = open(sys.argv[1], "rb").read()
records = dict(line.rstrip("\n").split(" ", 1) for line in open(sys.argv[2]))


def dns(name, timeout=5):
    text = records.get(name.decode("ascii").rstrip("."))
    return text.encode("ascii") if text is not None else None


header = message.split(b"\r\n\r\n", 1)[0].lower()
for index in range(len(re.findall(rb"^dkim-signature:", header, re.M))):
    verifier = dkim.DKIM(message)
    try:
        passed = verifier.verify(idx=index, dnsfunc=dns)
    except dkim.DKIMException:
        passed = False
    print(index, str(passed).lower())
