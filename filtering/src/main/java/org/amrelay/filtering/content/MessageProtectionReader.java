// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.mime.MediaType;

/** Tells how a message is protected: S/MIME (RFC 8551 §3.2), OpenPGP (RFC 3156), OpenPGP within the text. Stateless. */
final class MessageProtectionReader {
    private static final String ARMOR = "-----BEGIN PGP MESSAGE-----";
    private static final String CLEAR = "-----BEGIN PGP SIGNED MESSAGE-----";

    private MessageProtectionReader() {}

    static MessageProtection of(MessageView view) {
        MediaType type = view.root().type();
        if (type.is("multipart/encrypted")) {
            return MessageProtection.ENCRYPTED;
        } else if (type.is("multipart/signed")) {
            return MessageProtection.SIGNED;
        } else if (type.is("application/pkcs7-mime") || type.is("application/x-pkcs7-mime")) {
            return type.parameters()
                            .value("smime-type")
                            .filter("signed-data"::equalsIgnoreCase)
                            .isPresent()
                    ? MessageProtection.SIGNED
                    : MessageProtection.ENCRYPTED;
        }
        String start = view.text().stripLeading();
        if (start.startsWith(ARMOR)) {
            return MessageProtection.ENCRYPTED;
        }
        return start.startsWith(CLEAR) ? MessageProtection.SIGNED : MessageProtection.NONE;
    }
}
