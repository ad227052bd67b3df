// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Secrets that words give away: private keys in their armour, passwords, and passwords in addresses. Stateless, linear. */
final class SpokenSecrets {
    static final String PRIVATE_KEY = "private-key";
    static final String PASSWORD = "password";
    static final String CONNECTION = "connection-string";
    static final String AWS_SECRET = "aws-secret-key";

    private static final int LONGEST = 128;
    private static final int LONGEST_ARMOUR = 64;
    private static final List<String> PASSWORDS = List.of(
            "password",
            "passwd",
            "passwort",
            "kennwort",
            "passphrase",
            "pwd",
            "mot de passe",
            "contraseña",
            "contrasena",
            "clave de acceso",
            "senha",
            "wachtwoord",
            "parola",
            "hasło",
            "heslo",
            "jelszó",
            "parool",
            "salasana",
            "lösenord",
            "adgangskode",
            "passord",
            "şifre",
            "пароль",
            "密码",
            "密碼",
            "パスワード",
            "비밀번호",
            "db_password",
            "api_key",
            "apikey",
            "api key",
            "secret",
            "client_secret",
            "client secret",
            "access_token",
            "auth_token");
    private static final List<String> LINKS = List.of("is", "ist", "est", "es", "é", "è", "lautet", "jest", "är", "er");
    private static final WordIndex WORDS = new WordIndex();

    static {
        WORDS.add(PASSWORDS);
    }

    private static final Set<String> PLACEHOLDERS = Set.of(
            "password", "passwort", "changeme", "yourpassword", "your_password", "example", "secret", "xxxxxxxx");

    private SpokenSecrets() {}

    static List<String> names() {
        return List.of(PRIVATE_KEY, PASSWORD, CONNECTION, AWS_SECRET);
    }

    static void find(String text, Set<String> types, List<SensitiveMatch> found) {
        if (types.contains(PRIVATE_KEY)) {
            armours(text, found);
        }
        if (types.contains(CONNECTION)) {
            addresses(text, found);
        }
        if (types.contains(PASSWORD)) {
            WORDS.find(text, (number, from, to) -> password(text, from, to, found));
        }
        if (types.contains(AWS_SECRET) && speaksOfAws(text)) {
            awsSecrets(text, found);
        }
    }

    private static boolean speaksOfAws(String text) {
        return text.contains("aws") || text.contains("AWS") || text.contains("Amazon");
    }

    private static void armours(String text, List<SensitiveMatch> found) {
        for (int at = text.indexOf("-----BEGIN "); at >= 0; at = text.indexOf("-----BEGIN ", at + 1)) {
            int end = text.indexOf("-----", at + 11);
            if (end > 0 && end - at <= LONGEST_ARMOUR && text.substring(at, end).contains("PRIVATE KEY")) {
                found.add(new SensitiveMatch(PRIVATE_KEY, at, end + 5 - at, 85, text.substring(at, end + 5)));
            }
        }
        for (int at = text.indexOf("PuTTY-User-Key-File-");
                at >= 0;
                at = text.indexOf("PuTTY-User-Key-File-", at + 1)) {
            found.add(new SensitiveMatch(PRIVATE_KEY, at, 20, 85, "PuTTY-User-Key-File-"));
        }
    }

    /** {@code scheme://user:password@host} (RFC 3986 §3.2.1). */
    private static void addresses(String text, List<SensitiveMatch> found) {
        for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
            int from = at;
            while (from > 0 && at - from < 20 && isOfScheme(text.charAt(from - 1))) {
                from--;
            }
            int colon = -1;
            int end = at + 3;
            while (end < text.length()
                    && end - at < LONGEST
                    && text.charAt(end) > ' '
                    && "/@<>\"'".indexOf(text.charAt(end)) < 0) {
                colon = text.charAt(end) == ':' && colon < 0 ? end : colon;
                end++;
            }
            boolean user = end < text.length() && text.charAt(end) == '@' && colon > at + 3;
            if (user && from < at && isSecret(text.substring(colon + 1, end), 3)) {
                found.add(new SensitiveMatch(
                        CONNECTION, from, end - from, 85, text.substring(from, at + 3) + "***:" + "********@"));
            }
        }
    }

    private static boolean isOfScheme(char c) {
        return Candidates.isSign(c) || c == '+' || c == '-' || c == '.';
    }

    private static void password(String text, int from, int to, List<SensitiveMatch> found) {
        int value = behindSign(text, to);
        if (value < 0 || from > 0 && Character.isLetter(text.charAt(from - 1)) && text.charAt(from) < 0x2e80) {
            return;
        }
        int end = value;
        while (end < text.length()
                && end - value <= LONGEST
                && text.charAt(end) > ' '
                && "\"'`<>".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        while (end > value && ",;.)".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String secret = text.substring(value, end);
        if (isSecret(secret, 6) && isUnusual(secret)) {
            found.add(new SensitiveMatch(PASSWORD, value, end - value, 75, "********"));
        }
    }

    /** Where the value begins behind a colon, an equals sign or a word such as "is"; -1 when none of them follows. */
    private static int behindSign(String text, int from) {
        int at = skip(text, from, " \t\"'`*)]");
        if (at < text.length() && (text.charAt(at) == ':' || text.charAt(at) == '=' || text.charAt(at) == '\uff1a')) {
            int next = at + 1 < text.length() && text.charAt(at + 1) == '>' ? at + 2 : at + 1;
            return skip(text, next, " \t\r\n\"'`*:=");
        }
        for (String link : LINKS) {
            int behind = at + link.length();
            if (at > from
                    && text.regionMatches(true, at, link, 0, link.length())
                    && behind < text.length()
                    && (text.charAt(behind) == ' ' || text.charAt(behind) == ':')) {
                return skip(text, at + link.length(), " \t:\"'`");
            }
        }
        return -1;
    }

    private static int skip(String text, int from, String signs) {
        int at = from;
        while (at < text.length() && at - from < 8 && signs.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static boolean isSecret(String value, int least) {
        String small = value.toLowerCase(Locale.ROOT);
        return value.length() >= least
                && value.length() < LONGEST
                && !PLACEHOLDERS.contains(small)
                && !value.startsWith("$")
                && !value.startsWith("{")
                && !value.startsWith("<")
                && !value.startsWith("%")
                && !value.contains("://")
                && value.chars().distinct().count() > 2;
    }

    /** No word of a language: letters with digits or signs, or capitals in the middle. */
    private static boolean isUnusual(String value) {
        boolean letter = value.chars().anyMatch(Character::isLetter);
        boolean digit = value.chars().anyMatch(Character::isDigit);
        boolean sign = value.chars().anyMatch(c -> "!@#$%^&*_+?~|".indexOf(c) >= 0);
        boolean inside = value.substring(1).chars().anyMatch(Character::isUpperCase)
                && value.chars().anyMatch(Character::isLowerCase);
        return letter && (digit || sign) || inside && value.length() >= 8 || digit && sign;
    }

    /** Forty signs of base64 in a text that speaks of AWS. */
    private static void awsSecrets(String text, List<SensitiveMatch> found) {
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean sign = i < text.length()
                    && (Candidates.isSign(text.charAt(i)) || text.charAt(i) == '/' || text.charAt(i) == '+');
            if (sign) {
                continue;
            }
            if (i - from == 40) {
                String value = text.substring(from, i);
                boolean all = value.chars().anyMatch(Character::isUpperCase)
                        && value.chars().anyMatch(Character::isLowerCase)
                        && value.chars().anyMatch(Character::isDigit);
                if (all && Entropy.bits(value) >= 4 && !Surroundings.isInAddress(text, from)) {
                    found.add(new SensitiveMatch(AWS_SECRET, from, 40, 85, Masking.secret(value)));
                }
            }
            from = i + 1;
        }
    }
}
