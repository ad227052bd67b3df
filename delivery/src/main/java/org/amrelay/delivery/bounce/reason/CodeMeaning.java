// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.reason;

import static org.amrelay.delivery.bounce.reason.BounceCategory.ADDRESS_UNKNOWN;
import static org.amrelay.delivery.bounce.reason.BounceCategory.AUTHENTICATION;
import static org.amrelay.delivery.bounce.reason.BounceCategory.CONNECTION;
import static org.amrelay.delivery.bounce.reason.BounceCategory.CONTENT;
import static org.amrelay.delivery.bounce.reason.BounceCategory.DOMAIN_UNKNOWN;
import static org.amrelay.delivery.bounce.reason.BounceCategory.MAILBOX_FULL;
import static org.amrelay.delivery.bounce.reason.BounceCategory.MAILBOX_INACTIVE;
import static org.amrelay.delivery.bounce.reason.BounceCategory.POLICY;
import static org.amrelay.delivery.bounce.reason.BounceCategory.PROTOCOL_ERROR;
import static org.amrelay.delivery.bounce.reason.BounceCategory.RELAY_DENIED;
import static org.amrelay.delivery.bounce.reason.BounceCategory.REPUTATION;
import static org.amrelay.delivery.bounce.reason.BounceCategory.ROUTING;
import static org.amrelay.delivery.bounce.reason.BounceCategory.SERVER_TROUBLE;
import static org.amrelay.delivery.bounce.reason.BounceCategory.SIZE;
import static org.amrelay.delivery.bounce.reason.BounceCategory.TEMPORARY;
import static org.amrelay.delivery.bounce.reason.BounceCategory.UNKNOWN;

import org.amrelay.mail.reply.EnhancedCode;

/** What codes mean by themselves: exact ones (RFC 3463 §3, RFC 7372, providers' documents), and what the rest hints at. */
final class CodeMeaning {
    private CodeMeaning() {}

    /** What a code says for sure; {@code UNKNOWN} when servers use it for too many things. */
    static BounceCategory exact(EnhancedCode code) {
        int detail = code.detail();
        return switch (code.subject()) {
            case 1 -> address(detail);
            case 2 -> mailbox(detail);
            case 3 -> system(detail);
            case 4 -> network(detail, code.type());
            case 5 -> detail == 3 ? POLICY : detail == 0 ? UNKNOWN : PROTOCOL_ERROR;
            case 6 -> detail == 0 ? UNKNOWN : detail >= 7 && detail <= 9 ? PROTOCOL_ERROR : CONTENT;
            case 7 -> security(detail, code.type());
            default -> UNKNOWN;
        };
    }

    private static BounceCategory address(int detail) {
        return switch (detail) {
            case 1, 3, 4, 6, 10 -> ADDRESS_UNKNOWN;
            case 2 -> DOMAIN_UNKNOWN;
            case 7, 8, 9 -> POLICY;
            default -> UNKNOWN;
        };
    }

    private static BounceCategory mailbox(int detail) {
        return switch (detail) {
            case 1 -> MAILBOX_INACTIVE;
            case 2 -> MAILBOX_FULL;
            case 3 -> SIZE;
            case 121, 122 -> TEMPORARY;
            default -> UNKNOWN;
        };
    }

    private static BounceCategory system(int detail) {
        return switch (detail) {
            case 1, 2, 5 -> SERVER_TROUBLE;
            case 3 -> PROTOCOL_ERROR;
            case 4 -> SIZE;
            default -> UNKNOWN;
        };
    }

    private static BounceCategory network(int detail, int type) {
        return switch (detail) {
            // 5.4.1 is what Exchange Online says of recipients that its directory lacks
            case 1 -> type == 4 ? CONNECTION : UNKNOWN;
            case 2, 7, 300, 316 -> CONNECTION;
            case 3, 5 -> SERVER_TROUBLE;
            case 6, 8, 14 -> ROUTING;
            case 310, 312 -> DOMAIN_UNKNOWN;
            default -> UNKNOWN;
        };
    }

    private static BounceCategory security(int detail, int type) {
        if (detail >= 20 && detail <= 26 || detail == 29 || detail == 509 || detail == 515) {
            return AUTHENTICATION;
        } else if (detail >= 606 && detail <= 649 || detail == 708 || detail == 511 || detail >= 501 && detail <= 503) {
            return REPUTATION;
        } else if (detail == 13 || detail == 17 || detail == 18) {
            return MAILBOX_INACTIVE;
        } else if (detail == 57 || detail == 64) {
            return RELAY_DENIED;
        } else if (detail == 28) {
            return type == 4 ? TEMPORARY : POLICY;
        }
        return detail <= 1 ? UNKNOWN : POLICY;
    }

    /** What is most likely when nothing else is known of a code. */
    static BounceCategory likely(EnhancedCode code) {
        return switch (code.subject()) {
            case 1 -> code.detail() == 0 && code.type() == 4 ? TEMPORARY : ADDRESS_UNKNOWN;
            case 3 -> SERVER_TROUBLE;
            case 4 -> code.detail() == 4 ? ROUTING : code.type() == 5 && code.detail() == 1 ? CONNECTION : ROUTING;
            case 5 -> PROTOCOL_ERROR;
            case 6 -> CONTENT;
            case 7 -> code.type() == 4 ? TEMPORARY : POLICY;
            default -> UNKNOWN;
        };
    }

    /** What is most likely of a bare reply code (RFC 5321 §4.2.3). */
    static BounceCategory likely(int reply) {
        return switch (reply) {
            case 421 -> SERVER_TROUBLE;
            case 450, 451 -> TEMPORARY;
            case 452, 431 -> SERVER_TROUBLE;
            case 500, 501, 502, 503, 504, 555 -> PROTOCOL_ERROR;
            case 530, 535 -> RELAY_DENIED;
            case 551 -> ADDRESS_UNKNOWN;
            case 552 -> MAILBOX_FULL;
            case 523 -> SIZE;
            case 556, 521 -> DOMAIN_UNKNOWN;
            default -> UNKNOWN;
        };
    }
}
