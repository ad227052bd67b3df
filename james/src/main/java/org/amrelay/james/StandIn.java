// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.amrelay.mail.address.InternationalDomain;

/**
 * The ASCII local part that stands for another one inside James, whose {@code MailAddress} takes ASCII only
 * (docs/decisions/0072).
 *
 * <p>It holds the true one in hexadecimal. The domain beside it is the true one in A-labels, so that all that James
 * decides by domain stays right. An ASCII local part that looks like a stand-in gets one itself; so nobody outside can
 * name an address by two texts. Stateless.
 */
final class StandIn {
    private static final String MARK = "=utf8=";

    private StandIn() {}

    static boolean isNeeded(String localPart) {
        return !InternationalDomain.isAscii(localPart) || localPart.startsWith(MARK);
    }

    static String of(String localPart) {
        return MARK + HexFormat.of().formatHex(localPart.getBytes(StandardCharsets.UTF_8));
    }

    /** What a local part stands for; itself when it is no stand-in. */
    static String read(String localPart) {
        if (!localPart.startsWith(MARK)) {
            return localPart;
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(localPart.substring(MARK.length()));
            String read = new String(bytes, StandardCharsets.UTF_8);
            return isNeeded(read) ? read : localPart;
        } catch (IllegalArgumentException none) {
            return localPart;
        }
    }
}
