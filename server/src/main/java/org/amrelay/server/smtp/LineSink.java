// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

/** Takes a message line by line, each line in one or several pieces without its line end. */
interface LineSink {
    void text(byte[] bytes, int from, int to);

    void endOfLine();
}
