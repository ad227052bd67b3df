// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.sevenbit;

import java.util.Locale;
import java.util.Set;
import org.amrelay.mail.message.ContentTypeField;

/** What the header of one part says about its body; filled field by field. */
final class PartHeader {
    private static final Set<String> IDENTITY = Set.of("", "7bit", "8bit", "binary");

    private static final Set<String> PIECES = Set.of("message/partial", "message/external-body");

    private final int number;
    private final boolean isMessage;
    private final boolean untouchable;
    private final String usualType;
    private String type = "";
    private String encoding = "";
    private boolean hasVersion;
    private boolean hasSignature;

    /**
     * @param isMessage whether this is the header of a message rather than that of a body part
     * @param untouchable whether the part stands in one that is signed or encrypted
     * @param usualType the type when no field names one
     */
    PartHeader(int number, boolean isMessage, boolean untouchable, String usualType) {
        this.number = number;
        this.usualType = usualType;
        this.isMessage = isMessage;
        this.untouchable = untouchable;
    }

    /** One unfolded field; the first of a name counts. */
    void field(String field) {
        int colon = field.indexOf(':');
        if (colon < 0) {
            return;
        }
        String value = field.substring(colon + 1).strip();
        switch (field.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
            case "content-type" -> type = type.isEmpty() ? value : type;
            case "content-transfer-encoding" -> encoding = encoding.isEmpty() ? word(value) : encoding;
            case "mime-version" -> hasVersion = true;
            case "dkim-signature" -> hasSignature = true;
            default -> {
                // Says nothing about the body
            }
        }
    }

    /** Without comment and parameters, in lower case. */
    private static String word(String value) {
        int end = 0;
        while (end < value.length() && " \t;(".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        return value.substring(0, end).toLowerCase(Locale.ROOT);
    }

    int number() {
        return number;
    }

    boolean isMessage() {
        return isMessage;
    }

    boolean untouchable() {
        return untouchable;
    }

    ContentTypeField contentType() {
        return ContentTypeField.parse(hasContentType() ? type : usualType);
    }

    boolean hasContentType() {
        return !type.isEmpty();
    }

    boolean hasVersion() {
        return hasVersion;
    }

    boolean hasSignature() {
        return hasSignature;
    }

    /** Text, and what the RFCs describe in lines; the rest is octets. */
    boolean isText() {
        String name = word(type);
        return !hasContentType() || name.startsWith("text/") || name.startsWith("message/");
    }

    /** RFC 1847. */
    boolean isSecured() {
        String name = word(type);
        return name.equals("multipart/signed") || name.equals("multipart/encrypted");
    }

    /** Whether the body is in base64, quoted-printable or a form that we do not know. */
    boolean isEncoded() {
        return !IDENTITY.contains(encoding);
    }

    /** Containers and pieces of messages never are (RFC 2045 §6.4, RFC 2046 §5.2.2). */
    boolean mayBeEncoded() {
        ContentTypeField field = contentType();
        return !untouchable && !isEncoded() && !field.multipart() && !field.message() && !PIECES.contains(word(type));
    }

    /** Whether the header says that there are eight bits, which does not make it true. */
    boolean claimsEightBits() {
        return encoding.equals("8bit") || encoding.equals("binary");
    }
}
