// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.amrelay.filtering.content.ContentHit;
import org.amrelay.filtering.spam.SpamScore;

/**
 * The answer to one case, in the shape that {@code --json} prints; texts that do not apply are left out.
 *
 * @param disposition {@code relay}, {@code reject}, {@code tempfail}, {@code quarantine}, {@code hold} or {@code discard}
 * @param reply the last word of the port
 * @param session what was said at the port, beside the answer of DESIGN
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Explanation(
        @JsonInclude(JsonInclude.Include.ALWAYS) JsonNode id,
        String disposition,
        String reply,
        String reason,
        Authentication authentication,
        Spam spam,
        Virus virus,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<Content> content,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<Recipient> recipients,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<Step> steps,
        List<Said> session) {
    public Explanation {
        content = List.copyOf(content);
        recipients = List.copyOf(recipients);
        steps = List.copyOf(steps);
        session = List.copyOf(session);
    }

    /** The points of the message; absent without one. */
    public record Spam(double score, double required, List<Test> tests) {
        public Spam {
            tests = List.copyOf(tests);
        }

        static Spam of(SpamScore score) {
            return new Spam(
                    score.score(),
                    score.required(),
                    score.hits().stream()
                            .map(hit -> new Test(hit.name(), hit.weight(), hit.reason()))
                            .toList());
        }
    }

    /** A test that hit. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Test(String name, double score, String reason) {}

    /**
     * A content rule that hit.
     *
     * @param mode {@code enforce}, {@code audit} or {@code test}
     * @param part empty when the rule asked for nothing inside of the message
     * @param offset in chars in the text of the part; -1 when it was not text
     * @param evidence masked
     */
    public record Content(String rule, String mode, String part, int offset, String evidence) {
        static Content of(ContentHit hit) {
            return new Content(hit.rule(), hit.mode().word(), hit.part(), hit.offset(), hit.evidence());
        }
    }

    /** No scanner is asked, as that would open a socket. */
    public record Virus(String result, String name) {
        static final Virus NOT_SCANNED = new Virus("not-scanned", "");
    }

    /** A case that could not be explained. */
    public record Failed(JsonNode id, String error) {}

    /** Who sent it. */
    public record Authentication(
            Spf spf,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<Dkim> dkim,
            Dmarc dmarc,
            Arc arc,
            Iprev iprev) {
        public Authentication {
            dkim = List.copyOf(dkim);
        }
    }

    /** @param identity {@code mailfrom} or {@code helo}; the latter for the null sender */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Spf(
            String result,
            @JsonInclude(JsonInclude.Include.ALWAYS) String domain,
            String identity,
            String reason,
            String explanation) {}

    /** One signature. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Dkim(
            String result,
            @JsonInclude(JsonInclude.Include.ALWAYS) String domain,
            @JsonInclude(JsonInclude.Include.ALWAYS) String selector,
            @JsonInclude(JsonInclude.Include.ALWAYS) String reason,
            String identity,
            String algorithm) {}

    /**
     * @param policy that applies to mail that fails; empty without a policy
     * @param domain of the author
     * @param policyDomain where the policy was found
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Dmarc(
            String result,
            @JsonInclude(JsonInclude.Include.ALWAYS) String policy,
            @JsonInclude(JsonInclude.Include.ALWAYS) String domain,
            String policyDomain,
            String reason) {}

    /** The chain. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Arc(String result, String reason) {}

    /** The client's name. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Iprev(String result, String name, String reason) {}

    /**
     * @param route empty when nothing is sent
     * @param tls which policy holds on the way there
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Recipient(
            String address,
            String disposition,
            @JsonInclude(JsonInclude.Include.ALWAYS) String route,
            @JsonInclude(JsonInclude.Include.ALWAYS) String tls,
            String reason) {}

    /** One line of a processor; {@code recipients} are those that the mailet ran for. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Step(
            String processor,
            String matcher,
            @JsonInclude(JsonInclude.Include.ALWAYS) boolean matched,
            String mailet,
            @JsonInclude(JsonInclude.Include.ALWAYS) double millis,
            @JsonInclude(JsonInclude.Include.ALWAYS) String changes,
            List<String> recipients) {
        public Step {
            recipients = List.copyOf(recipients);
        }
    }

    /** A command and the first line of its reply. */
    public record Said(String command, String reply) {}
}
