// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

/**
 * Verifies our own signatures on the bytes that are about to be sent, with the keys at hand instead of the DNS.
 *
 * <p>Safe for several threads.
 */
public final class OwnSignatureCheck {
    private final SignatureProvider provider;

    public OwnSignatureCheck(SignatureProvider provider) {
        this.provider = provider;
    }

    /**
     * What is wrong, one sentence for each key whose signature a receiver would not accept; none when all is well.
     *
     * <p>Reads the message once, which may block on the disk.
     *
     * @param keys that the message has been signed with
     */
    public List<String> flaws(MessageContent content, List<OwnKey> keys) throws IOException {
        HeaderSection header = HeaderSection.read(content);
        BodyHasher hasher = new BodyHasher(Canonicalization.RELAXED, Long.MAX_VALUE);
        BodyHasher.read(content, header.bodyOffset(), List.of(hasher));
        byte[] bodyHash = hasher.hash();
        List<DkimSignature> signatures = signatures(header);
        SignedFields fields = new SignedFields(header);
        List<String> flaws = new ArrayList<>();
        for (OwnKey key : keys) {
            String flaw = flaw(key, signatures, fields, bodyHash);
            if (!flaw.isEmpty()) {
                flaws.add(key + ": " + flaw);
            }
        }
        return flaws;
    }

    private static List<DkimSignature> signatures(HeaderSection header) {
        List<DkimSignature> signatures = new ArrayList<>();
        for (HeaderField field : header.named("dkim-signature")) {
            DkimSignatureParser.parse(field).fold(signatures::add, why -> false);
        }
        return signatures;
    }

    /** Of several signatures with the same key the best counts; a client may have put an older one there. */
    private String flaw(OwnKey key, List<DkimSignature> signatures, SignedFields fields, byte[] bodyHash) {
        SigningKey signing = key.signing();
        String flaw = "the signature is not there any more";
        for (DkimSignature signature : signatures) {
            boolean ours = signature.domain().equals(signing.domain())
                    && signature.selector().equals(signing.selector())
                    && signature.algorithm().equals(signing.algorithm().word());
            if (!ours) {
                continue;
            }
            if (!MessageDigest.isEqual(bodyHash, signature.bodyHash())) {
                flaw = "the body is not the one that was signed";
                continue;
            }
            byte[] octets = fields.octets(signature.fields(), signature.headerForm(), signature.unsigned());
            if (signing.algorithm().verify(provider, key.published(), octets, signature.signature())) {
                return "";
            }
            flaw = "the header is not the one that was signed";
        }
        return flaw;
    }
}
