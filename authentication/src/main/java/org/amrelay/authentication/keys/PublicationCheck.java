// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.amrelay.authentication.dkim.DkimResult.Status;
import org.amrelay.authentication.dkim.KeyCheck;
import org.amrelay.authentication.dkim.OwnKey;
import org.amrelay.authentication.keys.Publication.Finding;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;

/**
 * Compares what the DNS shows with the private key: signs something and verifies it as any receiver would.
 *
 * <p>Safe for several threads.
 */
final class PublicationCheck {
    private static final byte[] PROBE = "is this key published?".getBytes(StandardCharsets.US_ASCII);

    private final Dns dns;

    PublicationCheck(Dns dns) {
        this.dns = dns;
    }

    /**
     * Looks; the stage completes normally.
     *
     * @param opened the private key; empty when it cannot be opened, which leaves nothing to compare with
     */
    CompletionStage<Publication> check(StoredKey key, Optional<OwnKey> opened) {
        return dns.query(key.recordName(), RecordType.TXT)
                .thenCompose(answer ->
                        verify(key, opened).thenApply(finding -> judge(key, answer, opened.isPresent(), finding)));
    }

    private CompletionStage<Optional<KeyCheck.Finding>> verify(StoredKey key, Optional<OwnKey> opened) {
        if (opened.isEmpty()) {
            return java.util.concurrent.CompletableFuture.completedFuture(Optional.empty());
        }
        byte[] signature = key.algorithm().sign(opened.get().signing().key(), PROBE);
        return new KeyCheck(dns)
                .check(new KeyCheck.Claim(key.algorithm(), key.domain(), key.selector(), true, PROBE, signature))
                .thenApply(Optional::of);
    }

    private static Publication judge(
            StoredKey key, DnsAnswer<String> answer, boolean isOpened, Optional<KeyCheck.Finding> finding) {
        Optional<Status> status = finding.map(KeyCheck.Finding::status);
        if (answer.isTemporary() || status.filter(Status.TEMPERROR::equals).isPresent()) {
            return new Publication(
                    key, Finding.UNKNOWN, "the DNS does not answer (" + answer.cause() + "); ask again later");
        }
        if (!answer.isFound()) {
            return new Publication(
                    key,
                    Finding.MISSING,
                    "there is no TXT record at " + key.recordName() + "; publish the record above");
        }
        if (!isOpened) {
            return new Publication(
                    key,
                    Finding.UNKNOWN,
                    "the private key cannot be opened with the secret of this relay; give it the secret that it was"
                            + " sealed with, or remove the key and generate another one");
        }
        if (status.filter(Status.PASS::equals).isPresent()) {
            return answer.records().size() == 1
                    ? new Publication(key, Finding.PUBLISHED, "")
                    : new Publication(
                            key,
                            Finding.DIFFERENT,
                            "there are " + answer.records().size() + " TXT records at " + key.recordName()
                                    + ", of which verifiers may take any; leave the record above alone there");
        }
        return new Publication(
                key,
                Finding.DIFFERENT,
                "the record at " + key.recordName() + " does not fit the private key ("
                        + finding.map(KeyCheck.Finding::reason).orElse("") + "); replace it by the record above");
    }
}
