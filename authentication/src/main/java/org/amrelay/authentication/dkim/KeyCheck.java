// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.amrelay.authentication.dkim.DkimResult.Status;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;

/**
 * Checks signatures with the keys that a domain publishes (RFC 6376 §3.6, §6.1.2, §6.1.3).
 *
 * <p>Safe for several threads.
 */
public final class KeyCheck {
    /** RFC 8301 §3.2. */
    private static final int SHORTEST_RSA = 1024;
    /** Longer ones cost much and bring nothing (RFC 8301 §3.2 asks for 4096 at least). */
    private static final int LONGEST_RSA = 8192;

    private static final int LONGEST_RSA_EXPONENT = 33;
    /** A name should have one key; more are tried in turn (RFC 6376 §6.1.2). */
    private static final int MOST_RECORDS = 3;

    private static final Finding NO_KEY = Finding.permanent("no key");

    private final Dns dns;

    public KeyCheck(Dns dns) {
        this.dns = dns;
    }

    /**
     * A signature, and what it was made over.
     *
     * @param exactDomain whether the identity is the domain itself, as {@code t=s} demands
     */
    public record Claim(
            SignatureAlgorithm algorithm,
            String domain,
            String selector,
            boolean exactDomain,
            byte[] data,
            byte[] signature) {}

    /** What the keys say of a claim. */
    public record Finding(Status status, String reason, boolean testing) {
        private static Finding permanent(String reason) {
            return new Finding(Status.PERMERROR, reason, false);
        }
    }

    /** Looks the key up and checks the claim; the stage completes normally. */
    public CompletionStage<Finding> check(Claim claim) {
        return dns.query(claim.selector() + "._domainkey." + claim.domain(), RecordType.TXT)
                .thenApply(answer -> check(claim, answer));
    }

    private static Finding check(Claim claim, DnsAnswer<String> answer) {
        if (answer.isTemporary()) {
            return new Finding(Status.TEMPERROR, "key unavailable: " + answer.cause(), false);
        }
        Finding best = NO_KEY;
        for (String text : answer.records().stream().limit(MOST_RECORDS).toList()) {
            Parsed<KeyRecord> record = KeyRecordParser.parse(text);
            Finding finding =
                    record.fold(key -> check(claim, key), why -> Finding.permanent("key cannot be read: " + why));
            if (finding.status() == Status.PASS) {
                return finding;
            }
            if (record instanceof Parsed.Valid || best.equals(NO_KEY)) {
                // Something else beside the key must not hide what the key says, whatever comes first
                best = finding;
            }
        }
        return best;
    }

    private static Finding check(Claim claim, KeyRecord record) {
        if (record.revoked()) {
            return Finding.permanent("key revoked");
        }
        Optional<PublicKey> key = record.key();
        if (key.isEmpty() || !record.keyType().equals(claim.algorithm().keyType())) {
            return Finding.permanent("key is not for " + claim.algorithm().word());
        }
        if (!record.hashes().isEmpty() && !record.hashes().contains("sha256")) {
            return Finding.permanent("key is not for sha256");
        }
        if (!record.services().contains("*") && !record.services().contains("email")) {
            return Finding.permanent("key is not for mail");
        }
        if (record.exactDomain() && !claim.exactDomain()) {
            return Finding.permanent("key is not for subdomains");
        }
        if (key.get() instanceof RSAPublicKey rsa && !isAcceptable(rsa)) {
            return new Finding(Status.POLICY, "RSA key of " + rsa.getModulus().bitLength() + " bits", record.testing());
        }
        return claim.algorithm().verify(key.get(), claim.data(), claim.signature())
                ? new Finding(Status.PASS, "", record.testing())
                : new Finding(Status.FAIL, "signature did not verify", record.testing());
    }

    private static boolean isAcceptable(RSAPublicKey key) {
        BigInteger modulus = key.getModulus();
        return modulus.bitLength() >= SHORTEST_RSA
                && modulus.bitLength() <= LONGEST_RSA
                && key.getPublicExponent().bitLength() <= LONGEST_RSA_EXPONENT;
    }
}
