// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.ldap;

import java.io.IOException;

/** No directory answers: nothing that was asked, but the directories themselves. */
final class DirectoryDown extends IOException {
    private static final long serialVersionUID = 1;

    DirectoryDown(String message, Throwable cause) {
        super(message, cause);
    }
}
