// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.amrelay.mail.dns.DnsSettings;
import org.amrelay.mail.dns.DnsSettings.Dnssec;
import org.amrelay.mail.dns.RootAnchors;

/** How names are looked up: the part {@code dns} of {@code conf/relay.yaml} as settings of the look-up. */
public final class ResolverSettings {
    private static final int PORT = 53;

    private ResolverSettings() {}

    /**
     * Reads the settings.
     *
     * @throws StartRefused with a sentence, when a value cannot be
     */
    public static DnsSettings of(Home home, RelaySettings settings) {
        Dnssec dnssec = dnssec(settings.value("AMR_DNS_DNSSEC"));
        List<InetSocketAddress> servers = list(settings.value("AMR_DNS_SERVERS"))
                .map(ResolverSettings::server)
                .toList();
        if (dnssec == Dnssec.TRUST
                && servers.stream().anyMatch(server -> !server.getAddress().isLoopbackAddress())) {
            throw new StartRefused("dns.dnssec is 'trust', but a name server of dns.servers is not on this machine:"
                    + " its word can be changed on the way; use 'validate'");
        }
        return DnsSettings.defaults()
                .withServers(servers)
                .withUnsignedZones(list(settings.value("AMR_DNS_UNSIGNED")).toList())
                .withDnssec(dnssec, anchors(home, settings.value("AMR_DNS_TRUST_ANCHORS")));
    }

    private static Stream<String> list(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).filter(word -> !word.isEmpty());
    }

    private static Dnssec dnssec(String word) {
        return Arrays.stream(Dnssec.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new StartRefused(
                        "dns.dnssec is '" + word + "', but must be automatic, validate, trust or off"));
    }

    private static InetSocketAddress server(String text) {
        InetAddress alone = NetUtil.createInetAddressFromIpAddressString(text);
        if (alone != null) {
            return new InetSocketAddress(alone, PORT);
        }
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).replace("[", "").replace("]", "");
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
        String port = text.substring(colon + 1);
        if (address == null || !port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
            throw new StartRefused(
                    "dns.servers has '" + text + "', but a name server is like 127.0.0.1 or 127.0.0.1:5353");
        }
        return new InetSocketAddress(address, Integer.parseInt(port));
    }

    private static String anchors(Home home, String file) {
        if (file.isEmpty()) {
            return RootAnchors.TEXT;
        }
        Path path = home.resolve(file);
        try {
            return Files.readString(path, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new StartRefused("the trust anchors in " + path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
