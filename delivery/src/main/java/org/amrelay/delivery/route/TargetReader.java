// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.delivery.route.RouteFile.RouteSettings;
import org.amrelay.delivery.route.RouteFile.Share;
import org.amrelay.mail.reply.EnhancedCode;
import org.amrelay.mail.reply.Reply;

/** Makes the target of a route of what is written, and objects to what means nothing there. */
final class TargetReader {
    static final List<String> KINDS = List.of("mx", "smarthosts", "lmtp", "discard", "reject");

    private static final List<String> CONNECTING = List.of(
            "port",
            "tls",
            "implicit-tls",
            "client-certificate",
            "client-key",
            "trust",
            "auth",
            "proxy",
            "ehlo",
            "sources",
            "fingerprints",
            "retry");
    private static final Map<String, List<String>> ALLOWED = Map.of(
            "mx", List.of("domain"),
            "smarthosts", List.of("hosts", "share"),
            "lmtp", List.of("hosts", "share"),
            "discard", List.of(),
            "reject", List.of("reply"));

    /** RFC 2033 §5 keeps LMTP off this one. */
    private static final int SMTP_PORT = 25;

    private static final int SUBMISSIONS_PORT = 465;
    private static final int LMTP_PORT = 24;

    private final ConnectingReader connecting;

    TargetReader(RouteResources resources) {
        this.connecting = new ConnectingReader(resources);
    }

    RouteTarget read(RouteSettings settings, List<String> mistakes) {
        refuseMeaningless(settings, mistakes);
        return switch (settings.to()) {
            case "mx" ->
                new RouteTarget.ToExchangers(settings.domain(), settings.port(), connecting.read(settings, mistakes));
            case "smarthosts", "lmtp" -> hosts(settings, mistakes);
            case "discard" -> new RouteTarget.Discarding();
            case "reject" -> rejecting(settings, mistakes);
            default -> new RouteTarget.Following(settings.to());
        };
    }

    private static void refuseMeaningless(RouteSettings settings, List<String> mistakes) {
        boolean connects = List.of("mx", "smarthosts", "lmtp").contains(settings.to());
        List<String> allowed = ALLOWED.getOrDefault(settings.to(), List.of());
        for (String name : given(settings)) {
            if (!allowed.contains(name) && !(connects && CONNECTING.contains(name))) {
                mistakes.add(settings.line().says("'" + name + "' means nothing with 'to: " + settings.to() + "'"));
            }
        }
    }

    private static List<String> given(RouteSettings settings) {
        List<String> given = new ArrayList<>();
        settings.domain().ifPresent(present -> given.add("domain"));
        settings.port().ifPresent(present -> given.add("port"));
        settings.tls().ifPresent(present -> given.add("tls"));
        settings.clientCertificate().ifPresent(present -> given.add("client-certificate"));
        settings.clientKey().ifPresent(present -> given.add("client-key"));
        settings.trust().ifPresent(present -> given.add("trust"));
        settings.auth().ifPresent(present -> given.add("auth"));
        settings.proxy().ifPresent(present -> given.add("proxy"));
        settings.ehlo().ifPresent(present -> given.add("ehlo"));
        settings.reply().ifPresent(present -> given.add("reply"));
        settings.retry().ifPresent(present -> given.add("retry"));
        if (!settings.fingerprints().isEmpty()) {
            given.add("fingerprints");
        }
        if (!settings.hosts().isEmpty()) {
            given.add("hosts");
        }
        if (!settings.sources().isEmpty()) {
            given.add("sources");
        }
        if (settings.share() != Share.IN_ORDER) {
            given.add("share");
        }
        if (settings.implicitTls()) {
            given.add("implicit-tls");
        }
        return given;
    }

    private RouteTarget hosts(RouteSettings settings, List<String> mistakes) {
        boolean lmtp = settings.to().equals("lmtp");
        int usual = settings.port().orElse(lmtp ? LMTP_PORT : settings.implicitTls() ? SUBMISSIONS_PORT : SMTP_PORT);
        List<SmartHost> hosts = settings.hosts().stream()
                .map(host -> new SmartHost(host.host(), Optional.of(host.port().orElse(usual)), host.weight()))
                .toList();
        if (hosts.isEmpty()) {
            mistakes.add(settings.line().says("'hosts' is missing: to whom does '" + settings.name() + "' go?"));
        }
        if (hosts.stream().map(host -> host.at(usual)).distinct().count() < hosts.size()) {
            mistakes.add(settings.line().says("'hosts' names a host twice; give it a larger weight instead"));
        }
        if (lmtp && hosts.stream().anyMatch(host -> host.at(usual).endsWith(":" + SMTP_PORT))) {
            mistakes.add(settings.line().says("'port': LMTP must not be spoken on port 25 (RFC 2033 §5)"));
        }
        return new RouteTarget.ToHosts(hosts, settings.share() == Share.BY_WEIGHT, connecting.read(settings, mistakes));
    }

    private static RouteTarget rejecting(RouteSettings settings, List<String> mistakes) {
        String text = settings.reply().orElse("550 5.7.1 This relay does not send such mail");
        boolean hasCode = text.length() > 4
                && text.charAt(0) == '5'
                && text.substring(1, 3).chars().allMatch(c -> c >= '0' && c <= '9')
                && text.charAt(3) == ' ';
        String rest = hasCode ? text.substring(4).strip() : "";
        Optional<EnhancedCode> enhanced = EnhancedCode.atStartOf(rest).filter(code -> code.type() == 5);
        int space = rest.indexOf(' ');
        if (enhanced.isEmpty()
                || space < 0
                || text.length() > 400
                || text.chars().anyMatch(c -> c < ' ' || c > 126)) {
            mistakes.add(settings.line()
                    .says("'reply': '" + text + "' is not like '550 5.7.1 text' in US-ASCII, a final code and why"));
            return new RouteTarget.Discarding();
        }
        int code = Integer.parseInt(text.substring(0, 3));
        return new RouteTarget.Rejecting(new Reply(code, enhanced, rest.substring(space + 1)));
    }
}
