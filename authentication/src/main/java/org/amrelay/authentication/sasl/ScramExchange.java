// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.sasl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677): the client proves that it knows the password without saying
 * it, and the server that it knows the keys.
 *
 * <p>An account that does not exist is found out at the end, as a wrong password is. For one attempt.
 */
public final class ScramExchange implements SaslExchange {
    private static final int LONGEST_NONCE = 256;
    private static final int LONGEST_NAME = 320;

    private final Function<String, ScramAccount> accounts;
    private final Optional<TlsBinding> binding;
    private final boolean plus;
    private final String serverNonce;
    private Stage stage = Stage.FIRST;
    private @Nullable Opening opening;

    private enum Stage {
        FIRST,
        PROOF,
        CONFIRMED,
        OVER
    }

    private record Opening(
            String gs2, String bare, String name, String nonce, String challenge, ScramAccount account) {}

    /**
     * Begins an attempt.
     *
     * @param accounts finds an account by name; for a name that is none it gives keys of nobody
     * @param binding of this connection, when the PLUS form is offered
     * @param plus whether the client chose the PLUS form
     * @param serverNonce new for each attempt, printable without commas
     */
    public ScramExchange(
            Function<String, ScramAccount> accounts, Optional<TlsBinding> binding, boolean plus, String serverNonce) {
        this.accounts = accounts;
        this.binding = binding;
        this.plus = plus;
        this.serverNonce = serverNonce;
    }

    @Override
    public SaslStep respond(String text) {
        SaslStep step = switch (stage) {
            case FIRST -> first(text);
            case PROOF -> proof(text, Objects.requireNonNull(opening, "after the first message"));
            case CONFIRMED ->
                text.isEmpty()
                        ? new SaslStep.Success(
                                Objects.requireNonNull(opening, "confirmed").name())
                        : new SaslStep.Failure("SCRAM: something after the end");
            case OVER -> new SaslStep.Failure("SCRAM: it is over");
        };
        if (!(step instanceof SaslStep.Challenge)) {
            stage = Stage.OVER;
        }
        return step;
    }

    /** {@code gs2-cbind-flag "," [authzid] "," n=name,r=nonce} (RFC 5802 §7). */
    private SaslStep first(String text) {
        int comma = text.indexOf(',');
        int end = text.indexOf(',', comma + 1);
        if (comma < 0 || end < 0) {
            return new SaslStep.Failure("SCRAM: no header");
        }
        String[] bare = text.substring(end + 1).split(",", -1);
        if (!isBindingRight(text.substring(0, comma))) {
            return new SaslStep.Failure("SCRAM: wrong channel binding, or somebody took the PLUS form away");
        }
        if (bare.length < 2 || !bare[0].startsWith("n=") || !bare[1].startsWith("r=")) {
            return new SaslStep.Failure("SCRAM: no name or no nonce");
        }
        Optional<String> name = name(bare[0].substring(2));
        String actsFor = text.substring(comma + 1, end);
        String nonce = bare[1].substring(2);
        boolean legal = name.isPresent()
                && (actsFor.isEmpty() || actsFor.equals("a=" + bare[0].substring(2)))
                && !nonce.isEmpty()
                && nonce.length() <= LONGEST_NONCE
                && nonce.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!legal) {
            return new SaslStep.Failure("SCRAM: a name, a nonce or an authorization identity that cannot be");
        }
        ScramAccount account = accounts.apply(name.get());
        ScramKeys keys = account.keys().get(0);
        String challenge = "r=" + nonce + serverNonce + ",s="
                + Base64.getEncoder().encodeToString(keys.salt()) + ",i=" + keys.iterations();
        opening =
                new Opening(text.substring(0, end + 1), text.substring(end + 1), name.get(), nonce, challenge, account);
        stage = Stage.PROOF;
        return new SaslStep.Challenge(challenge);
    }

    /** RFC 5802 §6: {@code y} says that the client would bind, but believes that we cannot. */
    private boolean isBindingRight(String flag) {
        if (plus) {
            return binding.isPresent() && flag.equals("p=" + TlsBinding.NAME);
        }
        return flag.equals("n") || flag.equals("y") && binding.isEmpty();
    }

    /** {@code =2C} and {@code =3D} stand for comma and equals sign; no other equals sign is allowed (RFC 5802 §5.1). */
    private static Optional<String> name(String text) {
        String name = text.replace("=2C", ",").replace("=3D", "\0");
        boolean legal = !name.isEmpty() && name.length() <= LONGEST_NAME && name.indexOf('=') < 0;
        return legal ? Optional.of(name.replace('\0', '=')) : Optional.empty();
    }

    /** {@code c=binding,r=nonce,p=proof}. */
    private SaslStep proof(String text, Opening begun) {
        int end = text.lastIndexOf(",p=");
        if (end < 0) {
            return new SaslStep.Failure("SCRAM: no proof");
        }
        String withoutProof = text.substring(0, end);
        String expected =
                "c=" + Base64.getEncoder().encodeToString(bindingOf(begun)) + ",r=" + begun.nonce() + serverNonce;
        if (!withoutProof.equals(expected) && !withoutProof.startsWith(expected + ",")) {
            return new SaslStep.Failure("SCRAM: another nonce or channel than before");
        }
        byte[] proof;
        try {
            proof = Base64.getDecoder().decode(text.substring(end + 3));
        } catch (IllegalArgumentException e) {
            return new SaslStep.Failure("SCRAM: the proof is not base64");
        }
        String authMessage = begun.bare() + "," + begun.challenge() + "," + withoutProof;
        for (ScramKeys keys : begun.account().keys()) {
            Optional<byte[]> signature = keys.verify(proof, authMessage);
            if (signature.isPresent()) {
                begun.account().onSuccess().accept(keys);
                stage = Stage.CONFIRMED;
                return new SaslStep.Challenge("v=" + Base64.getEncoder().encodeToString(signature.get()));
            }
        }
        return new SaslStep.Failure("SCRAM: unknown account or wrong password");
    }

    private byte[] bindingOf(Opening begun) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(begun.gs2().getBytes(StandardCharsets.UTF_8));
        if (plus) {
            binding.ifPresent(value -> bytes.writeBytes(value.value()));
        }
        return bytes.toByteArray();
    }
}
