// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.secret;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.amrelay.filtering.sensitive.text.Detector;
import org.amrelay.filtering.sensitive.text.Finds;
import org.amrelay.filtering.sensitive.text.Finds.Find;
import org.amrelay.filtering.sensitive.text.Letters;
import org.amrelay.filtering.sensitive.text.Reading;

/** Finds addresses and private keys of Bitcoin (Base58Check, BIP 173, BIP 350) and Ethereum (EIP-55) by their check sums. */
public final class WalletDetector implements Detector {
    /** What each type is called. */
    public static final Map<String, String> TITLES = Map.of(
            "bitcoin-address", "address of Bitcoin",
            "bitcoin-private-key", "private key of Bitcoin (WIF, xprv)",
            "ethereum-address", "address of Ethereum");

    /** Words near an address of Ethereum that has no check sum. */
    public static final Map<String, List<String>> KEY_WORDS = Map.of(
            "ethereum-address",
            List.of("ethereum", "eth", "wallet", "erc20", "erc 20", "usdt", "metamask", "crypto", "0x address"));

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32M = 0x2bc830a3;
    private static final int LONGEST = 112;
    private static final int NEAR = 300;

    @Override
    public Set<String> types() {
        return TITLES.keySet();
    }

    @Override
    public void find(Reading reading, Set<String> types, Finds finds) {
        String text = reading.text();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length() && Letters.isWord(text.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                if (i - start >= 26 && i - start <= LONGEST) {
                    word(reading, start, i, finds);
                }
                start = -1;
            }
        }
    }

    private static void word(Reading reading, int start, int end, Finds finds) {
        String word = reading.text().substring(start, end);
        if (word.startsWith("0x") && word.length() == 42) {
            int confidence = ethereum(word.substring(2), reading.distance("ethereum-address", start, end) <= NEAR);
            if (confidence > 0) {
                finds.add(new Find("ethereum-address", start, end, confidence, 0, 4));
            }
        } else if (word.toLowerCase(Locale.ROOT).startsWith("bc1")) {
            if (isBech32(word)) {
                finds.add(new Find("bitcoin-address", start, end, 85, 0, 4));
            }
        } else if (word.length() <= 35 && "13".indexOf(word.charAt(0)) >= 0
                || "5KL".indexOf(word.charAt(0)) >= 0
                || word.startsWith("xprv")) {
            byte[] payload = base58(word);
            if (payload.length == 21 && (payload[0] == 0 || payload[0] == 5)) {
                finds.add(new Find("bitcoin-address", start, end, 85, 0, 4));
            } else if (payload.length == 78
                    || (payload.length == 33 || payload.length == 34) && payload[0] == (byte) 0x80) {
                finds.add(new Find("bitcoin-private-key", start, end, 85, 0, 0));
            }
        }
    }

    /** What is left without the check sum; empty when it does not hold. */
    private static byte[] base58(String word) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < word.length(); i++) {
            int digit = BASE58.indexOf(word.charAt(i));
            if (digit < 0) {
                return new byte[0];
            }
            value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
        }
        byte[] number = value.toByteArray();
        int skipped = number[0] == 0 ? 1 : 0;
        int zeros = 0;
        while (zeros < word.length() && word.charAt(zeros) == '1') {
            zeros++;
        }
        byte[] bytes = new byte[zeros + number.length - skipped];
        System.arraycopy(number, skipped, bytes, zeros, number.length - skipped);
        if (bytes.length < 5) {
            return new byte[0];
        }
        byte[] payload = Arrays.copyOf(bytes, bytes.length - 4);
        byte[] sum = sha256(sha256(payload));
        return Arrays.equals(sum, 0, 4, bytes, bytes.length - 4, bytes.length) ? payload : new byte[0];
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static boolean isBech32(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        boolean mixed = !word.equals(lower) && !word.equals(word.toUpperCase(Locale.ROOT));
        int check = 1;
        for (int value : new int[] {3, 3, 0, 2, 3}) {
            check = step(check, value);
        }
        for (int i = 3; i < lower.length(); i++) {
            int value = BECH32.indexOf(lower.charAt(i));
            if (value < 0) {
                return false;
            }
            check = step(check, value);
        }
        return !mixed && word.length() <= 90 && check == (lower.charAt(3) == 'q' ? 1 : BECH32M);
    }

    private static int step(int check, int value) {
        int top = check >>> 25;
        int next = (check & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < 5; i++) {
            next ^= (top >> i & 1) != 0 ? GENERATOR[i] : 0;
        }
        return next;
    }

    private static int ethereum(String hex, boolean near) {
        String lower = hex.toLowerCase(Locale.ROOT);
        if (!lower.chars().allMatch(c -> Character.digit(c, 16) >= 0)
                || lower.chars().distinct().count() < 6) {
            return 0;
        }
        if (hex.equals(lower) || hex.equals(hex.toUpperCase(Locale.ROOT))) {
            return near ? 75 : 0;
        }
        byte[] digest = Keccak.digest(lower.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < hex.length(); i++) {
            int nibble = digest[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15;
            if (Character.isLetter(hex.charAt(i)) && Character.isUpperCase(hex.charAt(i)) != nibble > 7) {
                return 0;
            }
        }
        return 85;
    }
}
