// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keys and tokens that say by their beginning who issued them. Stateless; linear in the text. */
final class SecretForms {
    /** Signs that a secret is made of. */
    private enum Alphabet {
        CAPITALS,
        HEX,
        ALPHANUMERIC,
        WORD,
        TOKEN;

        boolean has(char c) {
            boolean digit = c >= '0' && c <= '9';
            boolean capital = c >= 'A' && c <= 'Z';
            boolean small = c >= 'a' && c <= 'z';
            return switch (this) {
                case CAPITALS -> capital || digit;
                case HEX -> digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
                case ALPHANUMERIC -> digit || capital || small;
                case WORD -> digit || capital || small || c == '_' || c == '-';
                case TOKEN ->
                    digit || capital || small || c == '_' || c == '-' || c == '.' || c == '=' || c == '+' || c == '/';
            };
        }
    }

    /**
     * A form.
     *
     * @param min least signs behind the prefix
     * @param max most of them
     * @param bits least entropy of them in bits for each sign
     */
    private record Form(String type, String prefix, Alphabet alphabet, int min, int max, double bits) {}

    private static final List<Form> FORMS = List.of(
            new Form("aws-access-key", "AKIA", Alphabet.CAPITALS, 16, 16, 2.5),
            new Form("aws-access-key", "ASIA", Alphabet.CAPITALS, 16, 16, 2.5),
            new Form("aws-access-key", "ABIA", Alphabet.CAPITALS, 16, 16, 2.5),
            new Form("aws-access-key", "ACCA", Alphabet.CAPITALS, 16, 16, 2.5),
            new Form("github-token", "ghp_", Alphabet.ALPHANUMERIC, 36, 255, 3),
            new Form("github-token", "gho_", Alphabet.ALPHANUMERIC, 36, 255, 3),
            new Form("github-token", "ghu_", Alphabet.ALPHANUMERIC, 36, 255, 3),
            new Form("github-token", "ghs_", Alphabet.ALPHANUMERIC, 36, 255, 3),
            new Form("github-token", "ghr_", Alphabet.ALPHANUMERIC, 36, 255, 3),
            new Form("github-token", "github_pat_", Alphabet.WORD, 60, 100, 3),
            new Form("gitlab-token", "glpat-", Alphabet.WORD, 20, 64, 3),
            new Form("gitlab-token", "gldt-", Alphabet.WORD, 20, 64, 3),
            new Form("gitlab-token", "glrt-", Alphabet.WORD, 20, 64, 3),
            new Form("gitlab-token", "glptt-", Alphabet.HEX, 40, 40, 3),
            new Form("slack-token", "xoxb-", Alphabet.WORD, 20, 120, 2.5),
            new Form("slack-token", "xoxp-", Alphabet.WORD, 20, 120, 2.5),
            new Form("slack-token", "xoxa-", Alphabet.WORD, 20, 120, 2.5),
            new Form("slack-token", "xoxr-", Alphabet.WORD, 20, 120, 2.5),
            new Form("slack-token", "xoxs-", Alphabet.WORD, 20, 120, 2.5),
            new Form("slack-token", "xapp-", Alphabet.WORD, 20, 120, 2.5),
            new Form("slack-webhook", "hooks.slack.com/services/", Alphabet.TOKEN, 40, 80, 3),
            new Form("stripe-key", "sk_live_", Alphabet.ALPHANUMERIC, 16, 128, 3),
            new Form("stripe-key", "rk_live_", Alphabet.ALPHANUMERIC, 16, 128, 3),
            new Form("stripe-key", "sk_test_", Alphabet.ALPHANUMERIC, 16, 128, 3),
            new Form("stripe-key", "whsec_", Alphabet.ALPHANUMERIC, 24, 64, 3),
            new Form("google-api-key", "AIza", Alphabet.WORD, 35, 35, 3),
            new Form("google-oauth-secret", "GOCSPX-", Alphabet.WORD, 28, 28, 3),
            new Form("google-oauth-token", "ya29.", Alphabet.WORD, 30, 400, 3),
            new Form("azure-storage-key", "AccountKey=", Alphabet.TOKEN, 80, 90, 4),
            new Form("sendgrid-key", "SG.", Alphabet.TOKEN, 66, 66, 3.5),
            new Form("twilio-key", "SK", Alphabet.HEX, 32, 32, 3),
            new Form("mailgun-key", "key-", Alphabet.HEX, 32, 32, 3),
            new Form("npm-token", "npm_", Alphabet.ALPHANUMERIC, 36, 36, 3),
            new Form("pypi-token", "pypi-AgE", Alphabet.WORD, 50, 250, 3),
            new Form("rubygems-token", "rubygems_", Alphabet.HEX, 48, 48, 3),
            new Form("docker-token", "dckr_pat_", Alphabet.WORD, 27, 40, 3),
            new Form("anthropic-key", "sk-ant-", Alphabet.WORD, 32, 140, 3),
            new Form("openai-key", "sk-proj-", Alphabet.WORD, 40, 200, 3),
            new Form("openai-key", "sk-", Alphabet.ALPHANUMERIC, 40, 60, 3.5),
            new Form("huggingface-token", "hf_", Alphabet.ALPHANUMERIC, 34, 40, 3),
            new Form("shopify-token", "shpat_", Alphabet.HEX, 32, 32, 3),
            new Form("shopify-token", "shpss_", Alphabet.HEX, 32, 32, 3),
            new Form("shopify-token", "shpca_", Alphabet.HEX, 32, 32, 3),
            new Form("square-token", "sq0atp-", Alphabet.WORD, 22, 22, 3),
            new Form("square-token", "sq0csp-", Alphabet.WORD, 43, 43, 3),
            new Form("digitalocean-token", "dop_v1_", Alphabet.HEX, 64, 64, 3),
            new Form("databricks-token", "dapi", Alphabet.HEX, 32, 32, 3),
            new Form("linear-key", "lin_api_", Alphabet.ALPHANUMERIC, 40, 40, 3),
            new Form("notion-token", "ntn_", Alphabet.ALPHANUMERIC, 40, 60, 3),
            new Form("notion-token", "secret_", Alphabet.ALPHANUMERIC, 43, 43, 3.5),
            new Form("atlassian-token", "ATATT3", Alphabet.TOKEN, 150, 250, 3.5),
            new Form("vault-token", "hvs.", Alphabet.WORD, 80, 200, 3),
            new Form("grafana-token", "glsa_", Alphabet.WORD, 41, 41, 3),
            new Form("grafana-token", "glc_", Alphabet.TOKEN, 32, 400, 3),
            new Form("newrelic-key", "NRAK-", Alphabet.CAPITALS, 27, 27, 3),
            new Form("postman-key", "PMAK-", Alphabet.WORD, 59, 59, 3),
            new Form("doppler-token", "dp.pt.", Alphabet.ALPHANUMERIC, 40, 44, 3),
            new Form("planetscale-token", "pscale_tkn_", Alphabet.WORD, 32, 64, 3),
            new Form("age-key", "AGE-SECRET-KEY-1", Alphabet.CAPITALS, 58, 58, 3),
            new Form("json-web-token", "eyJ", Alphabet.TOKEN, 40, 8_000, 3.5));

    private static final List<List<Form>> BY_FIRST = byFirst();

    private SecretForms() {}

    /** The forms by the first sign of their prefix, which is US-ASCII. */
    private static List<List<Form>> byFirst() {
        List<List<Form>> forms = new ArrayList<>();
        for (int i = 0; i < 0x80; i++) {
            int first = i;
            forms.add(FORMS.stream()
                    .filter(form -> form.prefix().charAt(0) == first)
                    .toList());
        }
        return List.copyOf(forms);
    }

    static List<String> names() {
        return FORMS.stream().map(Form::type).distinct().toList();
    }

    static void find(String text, Set<String> types, List<SensitiveMatch> found) {
        boolean begins = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean sign = Alphabet.ALPHANUMERIC.has(c);
            if (sign && begins) {
                for (Form form : BY_FIRST.get(c)) {
                    if (text.startsWith(form.prefix(), i) && types.contains(form.type())) {
                        take(text, i, form, found);
                    }
                }
            }
            begins = !sign && c != '_' && c != '-' && c != '.';
        }
    }

    private static void take(String text, int from, Form form, List<SensitiveMatch> found) {
        int begin = from + form.prefix().length();
        int end = begin;
        while (end < text.length()
                && end - begin <= form.max()
                && form.alphabet().has(text.charAt(end))) {
            end++;
        }
        while (form.alphabet() == Alphabet.TOKEN && end > begin && text.charAt(end - 1) == '.') {
            end--;
        }
        String secret = text.substring(begin, end);
        if (secret.length() >= form.min()
                && secret.length() <= form.max()
                && Entropy.bits(secret) >= form.bits()
                && (!form.prefix().equals("eyJ") || isToken(secret))) {
            found.add(new SensitiveMatch(form.type(), from, end - from, 85, form.prefix() + Masking.secret(secret)));
        }
    }

    /** Header, claims and signature, of which the second is an object, too (RFC 7519 §3). */
    private static boolean isToken(String secret) {
        String[] parts = secret.split("\\.", -1);
        return parts.length == 3 && parts[1].startsWith("eyJ") && parts[2].length() >= 20;
    }
}
