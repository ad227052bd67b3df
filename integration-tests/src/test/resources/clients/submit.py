# SPDX-License-Identifier: Apache-2.0
"""Submits the text of its standard input: submit.py PORT CERTIFICATE USER PASSWORD TO"""
import smtplib
import ssl
import sys
from email.message import EmailMessage

port, certificate, user, password, to = sys.argv[1:]
message = EmailMessage()
message["From"], message["To"], message["Subject"] = user, to, "from python3"
message.set_content(sys.stdin.buffer.read().decode("utf-8"), cte="8bit")
with smtplib.SMTP("localhost", int(port), timeout=20) as client:
    client.starttls(context=ssl.create_default_context(cafile=certificate))
    client.login(user, password)
    client.send_message(message)
