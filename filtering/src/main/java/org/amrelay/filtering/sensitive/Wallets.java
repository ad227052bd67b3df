// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Addresses and private keys of cryptographic currencies, by their checksums. Stateless; linear in the text. */
final class Wallets {
    private static final String BITCOIN = "bitcoin-address";
    private static final String ETHEREUM = "ethereum-address";
    private static final String OTHER = "crypto-address";
    private static final String KEY = "crypto-private-key";

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATORS = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32M = 0x2bc830a3;

    /** The first octet of what is encoded says what it is. */
    private static final Map<Integer, String> VERSIONS = Map.of(
            0x00, BITCOIN, 0x05, BITCOIN, 0x30, OTHER, 0x32, OTHER, 0x1e, OTHER, 0x16, OTHER, 0x41, OTHER, 0x4c, OTHER,
            0x80, KEY, 0x04, KEY);

    private Wallets() {}

    static List<String> names() {
        return List.of(BITCOIN, ETHEREUM, OTHER, KEY);
    }

    static void find(String text, Set<String> types, List<SensitiveMatch> found) {
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && Candidates.isSign(text.charAt(i))) {
                continue;
            }
            int length = i - from;
            if (length >= 26 && length <= 112) {
                int begin = from;
                String word = text.substring(from, i);
                kind(word)
                        .filter(types::contains)
                        .ifPresent(type -> found.add(new SensitiveMatch(
                                type, begin, word.length(), confidence(type, word), Masking.mask(word))));
            }
            from = i + 1;
        }
    }

    private static int confidence(String type, String word) {
        return type.equals(ETHEREUM) && word.equals(word.toLowerCase(Locale.ROOT)) ? 75 : 85;
    }

    private static Optional<String> kind(String word) {
        if (word.length() == 42 && word.startsWith("0x")) {
            return isEthereum(word.substring(2)) ? Optional.of(ETHEREUM) : Optional.empty();
        } else if (word.regionMatches(true, 0, "bc1", 0, 3) || word.regionMatches(true, 0, "ltc1", 0, 4)) {
            return isBech32(word)
                    ? Optional.of(word.length() > 1 && (word.charAt(0) | 0x20) == 'b' ? BITCOIN : OTHER)
                    : Optional.empty();
        }
        return base58(word);
    }

    /** ERC-55: the letters whose digit of the hash is 8 or more are capitals. */
    private static boolean isEthereum(String hex) {
        if (!hex.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            return false;
        }
        String small = hex.toLowerCase(Locale.ROOT);
        if (hex.equals(small) || hex.equals(hex.toUpperCase(Locale.ROOT))) {
            return hex.chars().distinct().count() > 6;
        }
        byte[] hash = Keccak.hash(small.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < hex.length(); i++) {
            int digit = i % 2 == 0 ? hash[i / 2] >> 4 & 0xf : hash[i / 2] & 0xf;
            if (Character.isLetter(hex.charAt(i)) && Character.isUpperCase(hex.charAt(i)) != digit >= 8) {
                return false;
            }
        }
        return true;
    }

    /** BIP 173 and BIP 350. */
    private static boolean isBech32(String word) {
        String small = word.toLowerCase(Locale.ROOT);
        if (!word.equals(small) && !word.equals(word.toUpperCase(Locale.ROOT))) {
            return false;
        }
        int one = small.lastIndexOf('1');
        int check = 1;
        for (int i = 0; i < one; i++) {
            check = step(check, small.charAt(i) >> 5);
        }
        check = step(check, 0);
        for (int i = 0; i < small.length(); i++) {
            if (i != one) {
                int value = i < one ? small.charAt(i) & 31 : BECH32.indexOf(small.charAt(i));
                if (value < 0) {
                    return false;
                }
                check = step(check, value);
            }
        }
        return check == 1 || check == BECH32M;
    }

    private static int step(int check, int value) {
        int top = check >>> 25;
        int next = (check & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < GENERATORS.length; i++) {
            next ^= (top >> i & 1) != 0 ? GENERATORS[i] : 0;
        }
        return next;
    }

    /** Base58Check: the last four octets are the beginning of the double hash of the others. */
    private static Optional<String> base58(String word) {
        BigInteger number = BigInteger.ZERO;
        BigInteger base = BigInteger.valueOf(58);
        for (int i = 0; i < word.length(); i++) {
            int value = BASE58.indexOf(word.charAt(i));
            if (value < 0) {
                return Optional.empty();
            }
            number = number.multiply(base).add(BigInteger.valueOf(value));
        }
        byte[] octets = number.toByteArray();
        int size = word.length() >= 107 ? 82 : word.length() >= 51 ? word.length() == 52 ? 38 : 37 : 25;
        if (octets.length > size + 1) {
            return Optional.empty();
        }
        byte[] all = new byte[size];
        int kept = Math.min(size, octets.length);
        System.arraycopy(octets, octets.length - kept, all, size - kept, kept);
        byte[] hash = sha256(sha256(Arrays.copyOf(all, size - 4)));
        boolean right = Arrays.equals(Arrays.copyOf(hash, 4), Arrays.copyOfRange(all, size - 4, size));
        String kind = VERSIONS.getOrDefault(all[0] & 0xff, "");
        return right && !kind.isEmpty() && kind.equals(KEY) == size > 25 ? Optional.of(kind) : Optional.empty();
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
