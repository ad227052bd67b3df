// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

import java.util.Locale;

/**
 * What large providers ask of those who write to many (the sender guidelines of Gmail, Yahoo and Outlook.com, and the standards
 * behind them). An error gets mail refused or put with the spam; a warning costs reputation.
 */
public enum Requirement {
    /** RFC 5322 §3.6.2. */
    ONE_AUTHOR(true, "write From once, with one address of a domain that you own"),
    /** RFC 9989 §4.4: one of them has to be of the author's site. */
    ALIGNMENT(
            true,
            "make a DKIM key for the domain of From with 'amr dkim generate', or use an envelope sender of that domain"),
    /** RFC 5322 §3.6.4. */
    MESSAGE_ID(true, "give each message one Message-ID of the form <unique@your.domain>"),
    /** RFC 5322 §3.6.1. */
    DATE(true, "write one Date in the form of RFC 5322, with the time at which the message is sent"),
    /** RFC 5322 §3.6. */
    FIELDS_ONCE(true, "write each of From, To, Subject, Date, Message-ID and Reply-To once only"),
    /** RFC 2369 §3.2. */
    LIST_UNSUBSCRIBE(true, "add List-Unsubscribe with an https address in angle brackets"),
    /** RFC 8058 §3.1. */
    ONE_CLICK(
            true,
            "add 'List-Unsubscribe-Post: List-Unsubscribe=One-Click' beside an https address in List-Unsubscribe"),
    /** People who do not find it press the spam button. */
    VISIBLE_UNSUBSCRIBE(false, "put a link for unsubscribing into the text, where people see it"),
    /** A subject that says Re: or Fwd: on what is no answer. */
    HONEST_SUBJECT(false, "leave out Re: and Fwd: where the message answers nothing"),
    /** Text that readers do not see. */
    NOTHING_HIDDEN(false, "take out text that is invisible, tiny or of the colour of its ground"),
    /** A link that shows one host and leads to another. */
    HONEST_LINKS(false, "let links show the host that they lead to"),
    /** Gmail shows the first 102 KB only. */
    SIZE_OF_PAGE(false, "keep the HTML below 100 KB; Gmail cuts the rest off, with the link for unsubscribing"),
    /** A structure that programs read differently. */
    STRUCTURE(false, "mend the MIME structure; programs that make mail do it right"),
    /** The points of our own tests. */
    SPAM_POINTS(
            true,
            "see which tests hit with 'amr spam score FILE', and change the text or the addresses behind its links"),
    /** RFC 9989 §4.5. */
    DMARC_RECORD(true, "publish a DMARC record for the domain of From, 'v=DMARC1; p=none' to begin with"),
    /** RFC 7208 §4.5. */
    SPF_RECORD(true, "publish an SPF record for the domain of the envelope sender that names this relay"),
    /** RFC 5321 §2.3.5: mail can come back to it. */
    ANSWERABLE(true, "publish MX or address records for the domain of From"),
    /** RFC 8601 §3, policy iprev. */
    REVERSE_NAME(true, "let your provider set a reverse name for the address, and let that name have the address");

    private final boolean error;
    private final String advice;

    Requirement(boolean error, String advice) {
        this.error = error;
        this.advice = advice;
    }

    /** Whether providers refuse mail for it; else it only costs reputation. */
    public boolean isError() {
        return error;
    }

    /** What to do, for people. */
    public String advice() {
        return advice;
    }

    /** The name as people read it: {@code one-click}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
