// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.amrelay.authentication.arc.ArcResult.Status;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.cases.TestKeys;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.message.MessageContent;

class ArcFuzz {
    private static final ArcEvaluator EVALUATOR = new ArcEvaluator(
            Zone.of(TestKeys.zone("example.com")), InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z")));
    private static final String TAGS =
            " a=rsa-sha256; d=example.com; s=rsa; b=AAAA; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; h=from";

    @Provide
    static Arbitrary<String> headers() {
        return Arbitraries.of(
                        "ARC-Seal: i=1; cv=none;" + TAGS.replace("; h=from", ""),
                        "ARC-Seal: i=2; cv=pass;" + TAGS.replace("; h=from", ""),
                        "ARC-Seal: i=1; cv=fail;" + TAGS.replace("; h=from", ""),
                        "ARC-Seal: i=51; cv=pass; b=",
                        "ARC-Seal: i=99999999999999999999",
                        "ARC-Seal:",
                        "ARC-Message-Signature: i=1;" + TAGS,
                        "ARC-Message-Signature: i=2;" + TAGS,
                        "ARC-Message-Signature: i=1; c=relaxed/relaxed; l=-1;" + TAGS,
                        "ARC-Message-Signature: i=0",
                        "ARC-Authentication-Results: i=1; a.example; none",
                        "ARC-Authentication-Results: i=2; a.example; spf=pass",
                        "ARC-Authentication-Results: a.example; i=1",
                        "ARC-Authentication-Results: i=;",
                        "From: joe@example.com")
                .list()
                .ofMaxSize(12)
                .map(lines -> lines.isEmpty() ? "\r\n" : String.join("\r\n", lines) + "\r\n\r\n");
    }

    @Property(seed = "1", tries = 3000)
    void everyChainHasAResultAndNoForgeryPasses(@ForAll("headers") String header) throws IOException {
        MessageContent mail = Mails.raw(header + "Hello\r\n");
        ArcResult result = EVALUATOR
                .evaluate(Mails.header(mail), mail)
                .toCompletableFuture()
                .join();
        assertThat(result.status()).isNotEqualTo(Status.PASS);
    }
}
