// SPDX-License-Identifier: Apache-2.0
// Submits the text of its standard input: submit.cjs NODEMAILER PORT CERTIFICATE USER PASSWORD TO
const fs = require("node:fs");
const [nodemailer, port, certificate, user, pass, to] = process.argv.slice(2);
require(nodemailer)
  .createTransport({
    host: "localhost",
    port: Number(port),
    secure: false,
    requireTLS: true,
    auth: { user, pass },
    tls: { ca: fs.readFileSync(certificate) },
    socketTimeout: 20000,
  })
  .sendMail({ from: user, to, subject: "from node", text: fs.readFileSync(0, "utf8"), textEncoding: "base64" })
  .then(() => process.exit(0))
  .catch((failure) => {
    console.error(failure);
    process.exit(1);
  });
