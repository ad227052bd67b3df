// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What is asked: name and type number. */
record Question(Name name, int type) {
    @Override
    public String toString() {
        return name + " " + Type.string(type);
    }
}
