// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.util.List;
import java.util.Optional;

/**
 * What a message reports.
 *
 * <p>Immutable.
 */
public sealed interface BounceResult {
    /** The word for it, such as {@code bounce}. */
    String kind();

    /** The recipients that the message speaks of; may be empty. */
    default List<BouncedRecipient> recipients() {
        return List.of();
    }

    /** The message that it is about, as far as that is told. */
    default OriginalReference original() {
        return OriginalReference.none();
    }

    /** Ordinary mail. */
    record NotABounce() implements BounceResult {
        @Override
        public String kind() {
            return "not-a-bounce";
        }
    }

    /** A program answered for its owner, who has the message (RFC 3834), or says that it was displayed (RFC 8098). */
    record AutoReply() implements BounceResult {
        @Override
        public String kind() {
            return "auto-reply";
        }
    }

    /** The message is kept until its sender proves to be a person. */
    record ChallengeResponse() implements BounceResult {
        @Override
        public String kind() {
            return "challenge-response";
        }
    }

    /** Still being tried. */
    record DelayNotice(List<BouncedRecipient> recipients, OriginalReference original) implements BounceResult {
        public DelayNotice {
            recipients = List.copyOf(recipients);
        }

        @Override
        public String kind() {
            return "delay";
        }
    }

    /**
     * Not delivered, and nobody tries any more.
     *
     * @param recipients at least one; its address is empty text when the notice names none
     */
    record Bounce(List<BouncedRecipient> recipients, OriginalReference original) implements BounceResult {
        public Bounce {
            recipients = List.copyOf(recipients);
        }

        @Override
        public String kind() {
            return "bounce";
        }
    }

    /** Delivered, relayed or expanded. */
    record SuccessNotice(List<BouncedRecipient> recipients, OriginalReference original) implements BounceResult {
        public SuccessNotice {
            recipients = List.copyOf(recipients);
        }

        @Override
        public String kind() {
            return "success";
        }
    }

    /**
     * A recipient or its provider complains (RFC 5965, RFC 6650).
     *
     * @param feedbackType lower case: abuse, fraud, virus, not-spam, opt-out, auth-failure or another
     * @param complainants addresses of those who complain, where they are told; often they are not
     * @param sourceIp the client that the message came from
     * @param reportedDomain the domain that the report holds responsible
     */
    record Complaint(
            String feedbackType,
            List<String> complainants,
            Optional<String> sourceIp,
            Optional<String> reportedDomain,
            OriginalReference original)
            implements BounceResult {
        public Complaint {
            complainants = List.copyOf(complainants);
        }

        @Override
        public String kind() {
            return "complaint";
        }

        /** Whether somebody did not want the mail; reports about signatures or mistakes of filters say no such thing. */
        public boolean isUnwanted() {
            return !feedbackType.equals("not-spam")
                    && !feedbackType.equals("auth-failure")
                    && !feedbackType.equals("dmarc")
                    && !feedbackType.equals("virus");
        }
    }
}
