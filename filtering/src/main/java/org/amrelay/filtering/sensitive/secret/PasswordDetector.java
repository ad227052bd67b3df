// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.secret;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.amrelay.filtering.sensitive.text.Detector;
import org.amrelay.filtering.sensitive.text.Finds;
import org.amrelay.filtering.sensitive.text.Finds.Find;
import org.amrelay.filtering.sensitive.text.Letters;
import org.amrelay.filtering.sensitive.text.Reading;

/** Finds what is given as a password or as a key: {@code password: …}, {@code api_key = "…"}, {@code AccountKey=…;}. */
public final class PasswordDetector implements Detector {
    /** What each type is called. */
    public static final Map<String, String> TITLES = Map.of(
            "password", "password, where the text says that it is one",
            "generic-api-key", "key or token, where the text says that it is one");

    private static final String PASSWORD_WORDS =
            "password,passwd,pwd,passphrase,pass phrase,passcode,pass code,pass,pw,passwort,kennwort,losung,"
                    + "zugangscode,mot de passe,mdp,contrasena,clave de acceso,clave,password di accesso,"
                    + "parola d'ordine,senha,palavra passe,palavra chave,wachtwoord,haslo,losenord,lösenord,passord,"
                    + "adgangskode,kodeord,salasana,heslo,jelszo,parola,lozinka,geslo,zaporka,sifre,şifre,пароль,"
                    + "парола,κωδικος,κωδικος προσβασης,密码,密碼,パスワード,비밀번호,암호,كلمة المرور,كلمة السر,סיסמה,סיסמא,mật khẩu,"
                    + "kata sandi,kata laluan,รหัสผ่าน,parool,parole,slaptazodis,pin code,login password,"
                    + "temporary password,wifi password";
    private static final String KEY_NAMES =
            "api key,apikey,api token,apitoken,access key,accesskey,access token,accesstoken,auth token,"
                    + "authtoken,secret key,secretkey,client secret,clientsecret,secret access key,secretaccesskey,"
                    + "app secret,appsecret,account key,accountkey,shared access key,sharedaccesskey,signing key,"
                    + "encryption key,bearer,bearer token,private token,refresh token,consumer secret,webhook secret,"
                    + "secret token,x api key,token,secret,sig,storage key,api secret,apisecret,encryptionkey,"
                    + "master key,licence key,deploy key";

    /** The words before it. */
    public static final Map<String, List<String>> KEY_WORDS = Map.of(
            "password", List.of(PASSWORD_WORDS.split(",", -1)), "generic-api-key", List.of(KEY_NAMES.split(",", -1)));

    private static final Set<String> VERBS = Set.of(
            "is", "ist", "lautet", "est", "es", "e", "era", "was", "for", "to", "jest", "ar", "er", "on", "je", "i",
            "set", "now", "as", "war");
    private static final Set<String> WORDS = Set.of(
            "required",
            "must",
            "reset",
            "null",
            "none",
            "true",
            "false",
            "undefined",
            "string",
            "invalid",
            "incorrect",
            "expired",
            "the",
            "your",
            "and",
            "here",
            "changed",
            "protected",
            "please",
            "will",
            "should",
            "empty",
            "optional",
            "forgotten",
            "not",
            "policy",
            "field",
            "value",
            "hidden",
            "below",
            "above",
            "secret",
            "password",
            "passwort",
            "same",
            "case",
            "weak",
            "strong",
            "wrong",
            "needed",
            "stored",
            "safe",
            "sent",
            "separate",
            "attached",
            "enclosed",
            "unchanged",
            "unknown",
            "confidential",
            "mandatory",
            "erforderlich",
            "falsch",
            "requis");
    private static final int LONGEST = 200;
    private static final int SHORTEST = 4;

    @Override
    public Set<String> types() {
        return TITLES.keySet();
    }

    @Override
    public void find(Reading reading, Set<String> types, Finds finds) {
        String text = reading.text();
        reading.ends("password").forEach(end -> password(text, end, finds));
        reading.ends("generic-api-key").forEach(end -> key(text, end, finds));
    }

    private static void password(String text, int wordEnd, Finds finds) {
        Value value = Value.after(text, wordEnd);
        String found = value.of(text);
        if (found.length() < SHORTEST || found.length() > 100 || !isReal(found)) {
            return;
        }
        int kinds = kinds(found);
        if (kinds > 1 || value.quoted() && value.assigned()) {
            finds.add(new Find("password", value.start(), value.end(), value.assigned() ? 85 : 75, 0, 0));
        } else if (value.assigned() && value.endsLine() && found.length() > 5) {
            finds.add(new Find("password", value.start(), value.end(), 65, 0, 0));
        }
    }

    private static void key(String text, int wordEnd, Finds finds) {
        Value value = Value.after(text, wordEnd);
        String found = value.of(text);
        boolean enough =
                found.length() >= 16 && found.length() <= LONGEST && kinds(found) > 1 && Entropy.of(found) >= 3.3;
        if (enough
                && isReal(found)
                && found.chars().allMatch(c -> Letters.isWord((char) c) || "-_=+/.~".indexOf(c) >= 0)) {
            finds.add(new Find("generic-api-key", value.start(), value.end(), value.assigned() ? 75 : 65, 0, 4));
        }
    }

    private static boolean isReal(String value) {
        return !WORDS.contains(value.toLowerCase(Locale.ROOT))
                && !Entropy.isPlaceholder(value)
                && "$<{[%(*•".indexOf(value.charAt(0)) < 0
                && value.indexOf("://") < 0
                && value.chars().distinct().count() > 2;
    }

    /** Small letters, capitals after the first, digits, others. */
    private static int kinds(String value) {
        boolean lower = value.chars().anyMatch(Character::isLowerCase);
        boolean upper = value.chars().skip(1).anyMatch(Character::isUpperCase);
        boolean digit = value.chars().anyMatch(Character::isDigit);
        boolean other = value.chars().anyMatch(c -> !Character.isLetterOrDigit(c) && c != '-' && c != '\'' && c != '.');
        return (lower ? 1 : 0) + (upper ? 1 : 0) + (digit ? 1 : 0) + (other ? 1 : 0);
    }

    /** What stands behind a word and an equals sign, a colon or a verb. */
    private record Value(int start, int end, boolean quoted, boolean assigned, boolean endsLine) {
        static Value after(String text, int wordEnd) {
            int at = wordEnd;
            boolean assigned = false;
            boolean verb = false;
            int steps = 0;
            while (at < text.length() && steps++ < 24) {
                char c = text.charAt(at);
                if (c == ':' || c == '=' || c == '：' || c == '>' && assigned) {
                    assigned = true;
                } else if (!assigned && !verb && Character.isLetter(c) && at > wordEnd) {
                    int word = wordEnd(text, at);
                    if (!VERBS.contains(text.substring(at, word).toLowerCase(Locale.ROOT))) {
                        break;
                    }
                    verb = true;
                    at = word;
                    continue;
                } else if (" \t\u00A0".indexOf(c) < 0 && (assigned || verb || "\"'`)]".indexOf(c) < 0)) {
                    break;
                }
                at++;
            }
            return assigned || verb ? value(text, at, assigned) : new Value(at, at, false, false, false);
        }

        private static int wordEnd(String text, int from) {
            int end = from;
            while (end < text.length() && end - from < 12 && Character.isLetter(text.charAt(end))) {
                end++;
            }
            return end;
        }

        private static Value value(String text, int from, boolean assigned) {
            boolean quoted = from < text.length() && "\"'`„“«".indexOf(text.charAt(from)) >= 0;
            int start = quoted ? from + 1 : from;
            int end = start;
            String stops = quoted ? "\"'`“”»" : ";,<>\"";
            while (end < text.length()
                    && end - start <= LONGEST
                    && text.charAt(end) > ' '
                    && text.charAt(end) != '\u00A0'
                    && stops.indexOf(text.charAt(end)) < 0) {
                end++;
            }
            if (!quoted && end > start && ".)".indexOf(text.charAt(end - 1)) >= 0 && end - start > 1) {
                end--;
            }
            boolean line = end == text.length() || text.charAt(end) == '\n' || text.charAt(end) == '\r';
            return new Value(start, end, quoted, assigned, line);
        }

        String of(String text) {
            return text.substring(start, end);
        }
    }
}
