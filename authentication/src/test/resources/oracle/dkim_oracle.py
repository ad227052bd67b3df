# SPDX-License-Identifier: Apache-2.0
"""Signs and verifies with Debian's python3-dkim: reads one JSON object, answers one.

in: {"do": "verify"|"sign"|"arc-verify"|"arc-sign", "message": latin-1, "dns": {name: text}, "domain", "selector",
     "key": PEM (RSA) or base64 (Ed25519 seed), "authserv"}
out: {"result": ..., "message": latin-1}
"""
import json
import sys

import dkim

ask = json.load(sys.stdin)
message = ask["message"].encode("latin-1")


def dns(name, timeout=5):
    name = name.decode("ascii") if isinstance(name, bytes) else name
    text = ask["dns"].get(name.rstrip("."))
    return text.encode("ascii") if text is not None else None


answer = {}
if ask["do"] == "verify":
    count = message.lower().count(b"dkim-signature:")
    answer["result"] = [bool(dkim.DKIM(message).verify(idx=i, dnsfunc=dns)) for i in range(count)]
elif ask["do"] == "arc-verify":
    cv, results, reason = dkim.arc_verify(message, dnsfunc=dns)
    answer["result"] = cv.decode("ascii")
    answer["reason"] = reason
elif ask["do"] == "sign":
    algorithm = b"rsa-sha256" if "BEGIN" in ask["key"] else b"ed25519-sha256"
    forms = ask.get("forms", "relaxed/relaxed").encode("ascii").split(b"/")
    field = dkim.sign(message, ask["selector"].encode(), ask["domain"].encode(), ask["key"].encode(),
                      signature_algorithm=algorithm, canonicalize=(forms[0], forms[1]), length=ask.get("length", False))
    answer["message"] = (field + message).decode("latin-1")
else:
    fields = dkim.arc_sign(message, ask["selector"].encode(), ask["domain"].encode(), ask["key"].encode(),
                           ask["authserv"].encode())
    answer["message"] = (b"".join(fields) + message).decode("latin-1")
json.dump(answer, sys.stdout)
