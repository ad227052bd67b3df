// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.sasl;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * OAUTHBEARER (RFC 7628) and its forerunner XOAUTH2: the client shows a token that somebody else gave to it.
 *
 * <p>A refusal is told in JSON first, and answered by the client, before the attempt fails (RFC 7628 §3.2.2, §3.2.3). For
 * one attempt.
 */
public final class BearerExchange implements SaslExchange {
    private static final String SEPARATOR = "\u0001";
    private static final String BEARER = "bearer ";

    private final boolean standard;
    private final Function<String, TokenVerdict> tokens;
    private final String hint;
    private Optional<SaslStep> end = Optional.empty();

    private record Shown(Optional<String> name, String token) {}

    /**
     * Begins an attempt.
     *
     * @param standard whether it is OAUTHBEARER
     * @param tokens judges a token; may block
     * @param hint a JSON object that tells a refused client where to get a token
     */
    public BearerExchange(boolean standard, Function<String, TokenVerdict> tokens, String hint) {
        this.standard = standard;
        this.tokens = tokens;
        this.hint = hint;
    }

    @Override
    public SaslStep respond(String text) {
        if (end.isPresent()) {
            return end.get();
        }
        Optional<Shown> shown = standard ? standard(text) : forerunner(text);
        if (shown.isEmpty()) {
            return new SaslStep.Failure("no bearer token could be read");
        }
        TokenVerdict verdict = tokens.apply(shown.get().token());
        if (verdict instanceof TokenVerdict.Unknown unknown) {
            return new SaslStep.Later(unknown.cause());
        }
        if (verdict instanceof TokenVerdict.Accepted accepted) {
            boolean same = shown.get()
                    .name()
                    .map(name -> name.toLowerCase(Locale.ROOT).equals(accepted.account()))
                    .orElse(true);
            return same ? new SaslStep.Success(accepted.account()) : refuse("the token is for another account");
        }
        return refuse(((TokenVerdict.Refused) verdict).cause());
    }

    private SaslStep refuse(String cause) {
        end = Optional.of(new SaslStep.Failure("bearer token: " + cause));
        return new SaslStep.Challenge(hint);
    }

    /** {@code n,a=name,^Akey=value^A…^A^A} (RFC 7628 §3.1); channel binding is not defined for it. */
    private static Optional<Shown> standard(String text) {
        int comma = text.indexOf(',');
        int end = text.indexOf(',', comma + 1);
        if (comma < 0 || end < 0 || !(text.startsWith("n,") || text.startsWith("y,"))) {
            return Optional.empty();
        }
        String actsFor = text.substring(comma + 1, end);
        if (!actsFor.isEmpty() && !actsFor.startsWith("a=")) {
            return Optional.empty();
        }
        Optional<String> name = Optional.of(actsFor)
                .filter(given -> given.length() > 2)
                .map(given -> given.substring(2).replace("=2C", ",").replace("=3D", "="));
        return text.substring(end + 1).startsWith(SEPARATOR)
                ? token(text.substring(end + 2)).map(token -> new Shown(name, token))
                : Optional.empty();
    }

    /** {@code user=name^Aauth=Bearer token^A^A}. */
    private static Optional<Shown> forerunner(String text) {
        int end = text.indexOf(SEPARATOR);
        return text.startsWith("user=") && end > 5
                ? token(text.substring(end + 1)).map(token -> new Shown(Optional.of(text.substring(5, end)), token))
                : Optional.empty();
    }

    private static Optional<String> token(String pairs) {
        if (!pairs.endsWith(SEPARATOR + SEPARATOR)) {
            return Optional.empty();
        }
        List<String> auth = Arrays.stream(pairs.split(SEPARATOR, -1))
                .filter(pair -> pair.startsWith("auth="))
                .map(pair -> pair.substring(5))
                .toList();
        return auth.size() == 1 && auth.get(0).toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? Optional.of(auth.get(0).substring(BEARER.length()).strip())
                : Optional.empty();
    }
}
