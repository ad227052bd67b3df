// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A recursive server for a DNS of its own: its root is signed, and so are the zones that want to be.
 *
 * <p>Signs when it is asked, with ECDSA P-256, and proves that there is nothing by NSEC records of the name itself (RFC
 * 4470). UDP and TCP on one port of the loopback. Answers like a server that does not validate.
 */
public final class SignedDns implements AutoCloseable {
    private static final int MOST_UDP = 1232;
    private static final long TTL = 300;

    private record SignedZone(Name name, boolean signed, KeyPair keys, DNSKEYRecord key) {}

    private final Instant now;
    private final Map<Name, SignedZone> zones = new ConcurrentHashMap<>();
    private final List<Record> records = new CopyOnWriteArrayList<>();
    private final Set<String> forged = ConcurrentHashMap.newKeySet();
    private final Set<Name> failing = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final KeyPair stranger = keys();
    private final DatagramSocket udp;
    private final ServerSocket tcp;

    /** @param now the signatures are valid for a day before and after */
    public SignedDns(Instant now) {
        this.now = now;
        try {
            DatagramSocket found = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            ServerSocket stream = null;
            for (int tries = 0; stream == null; tries++) {
                try {
                    stream = new ServerSocket(found.getLocalPort(), 50, InetAddress.getLoopbackAddress());
                } catch (IOException taken) {
                    found.close();
                    if (tries > 20) {
                        throw taken;
                    }
                    found = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                }
            }
            udp = found;
            tcp = stream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        zone(".", true);
        daemon(this::serveUdp);
        daemon(this::serveTcp);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "signed-dns");
        thread.setDaemon(true);
        thread.start();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) udp.getLocalSocketAddress();
    }

    /** The root's key as a DS record. */
    public String trustAnchors() {
        return new DSRecord(
                        Name.root,
                        DClass.IN,
                        TTL,
                        DSRecord.Digest.SHA256,
                        zone(Name.root).key()) + "\n";
    }

    /** Settings for a validating client. */
    public DnsSettings settings() {
        return new DnsSettings(List.of(address()), Duration.ofSeconds(5), 2, 1000, 1000, Duration.ofHours(1), false)
                .withDnssec(DnsSettings.Dnssec.VALIDATE, trustAnchors());
    }

    /** A zone, delegated from the one above it; with a DS record there when it is signed. */
    public SignedDns zone(String name, boolean signed) {
        try {
            KeyPair keys = keys();
            Name apex = Name.fromString(name, Name.root);
            DNSKEYRecord key = new DNSKEYRecord(
                    apex,
                    DClass.IN,
                    TTL,
                    DNSKEYRecord.Flags.ZONE_KEY | DNSKEYRecord.Flags.SEP_KEY,
                    DNSKEYRecord.Protocol.DNSSEC,
                    DNSSEC.Algorithm.ECDSAP256SHA256,
                    keys.getPublic());
            zones.put(apex, new SignedZone(apex, signed, keys, key));
            return this;
        } catch (IOException | DNSSEC.DNSSECException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Records in master-file form, names from the root: {@code a.example MX 10 mx.a.example.} */
    public SignedDns add(String... lines) {
        for (String line : lines) {
            String[] parts = line.split("\\s+", 3);
            try {
                records.add(Record.fromString(
                        Name.fromString(parts[0], Name.root),
                        Type.value(parts[1]),
                        DClass.IN,
                        TTL,
                        parts[2],
                        Name.root));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    /** Signs that set with a key that is not the zone's. */
    public SignedDns forge(String name, String type) {
        forged.add(nameOf(name) + " " + type);
        return this;
    }

    /** Answers SERVFAIL for that name. */
    public SignedDns fail(String name) {
        failing.add(nameOf(name));
        return this;
    }

    private static Name nameOf(String name) {
        try {
            return Name.fromString(name, Name.root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The questions, like {@code a.example. MX}. */
    public List<String> asked() {
        return asked;
    }

    private void serveUdp() {
        byte[] buffer = new byte[4096];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                Message response = answer(new Message(java.util.Arrays.copyOf(packet.getData(), packet.getLength())));
                byte[] bytes = response.toWire(MOST_UDP);
                udp.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // Closed, or not a question
                continue;
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept();
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                byte[] bytes = answer(new Message(query)).toWire();
                out.writeShort(bytes.length);
                out.write(bytes);
                out.flush();
            } catch (IOException e) {
                // Closed, or not a question
                continue;
            }
        }
    }

    private Message answer(Message query) {
        Record question = query.getQuestion();
        asked.add(question.getName() + " " + Type.string(question.getType()));
        Message response = new Message(query.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.RA);
        response.addRecord(question, Section.QUESTION);
        if (failing.contains(question.getName())) {
            response.getHeader().setRcode(Rcode.SERVFAIL);
            return response;
        }
        Name name = question.getName();
        for (int aliases = 0; aliases < 10; aliases++) {
            List<Record> found = at(name, question.getType());
            if (found.isEmpty()) {
                found = at(name, Type.CNAME);
                if (found.isEmpty()) {
                    prove(response, name, question.getType());
                    return response;
                }
            }
            add(response, Section.ANSWER, zoneFor(name, found.get(0).getType()), found);
            if (!(found.get(0) instanceof CNAMERecord alias) || question.getType() == Type.CNAME) {
                return response;
            }
            name = alias.getTarget();
        }
        return response;
    }

    private SignedZone zone(Name name) {
        return zones.get(name);
    }

    /** The zone that speaks for a type of a name: for DS the one above. */
    private SignedZone zoneFor(Name name, int type) {
        return zones.values().stream()
                .filter(zone -> name.subdomain(zone.name())
                        && !(type == Type.DS && zone.name().equals(name)))
                .max(Comparator.comparing(zone -> zone.name().labels()))
                .orElseThrow();
    }

    private List<Record> at(Name name, int type) {
        SignedZone own = zones.get(name);
        List<Record> found = new ArrayList<>();
        if (own != null && type == Type.DNSKEY && own.signed()) {
            found.add(own.key());
        } else if (own != null && type == Type.DS && own.signed() && !name.equals(Name.root)) {
            found.add(new DSRecord(name, DClass.IN, TTL, DSRecord.Digest.SHA256, own.key()));
        } else if (own != null && type == Type.SOA) {
            found.add(soa(own));
        } else if (own != null && type == Type.NS) {
            found.add(new NSRecord(name, DClass.IN, TTL, nameOf("ns.invalid")));
        }
        records.stream()
                .filter(record -> record.getName().equals(name) && record.getType() == type)
                .forEach(found::add);
        return found;
    }

    private static SOARecord soa(SignedZone zone) {
        return new SOARecord(
                zone.name(), DClass.IN, TTL, nameOf("ns.invalid"), nameOf("h.invalid"), 1, 3600, 600, 86400, 60);
    }

    private void prove(Message response, Name name, int type) {
        SignedZone zone = zoneFor(name, type);
        add(response, Section.AUTHORITY, zone, List.of(soa(zone)));
        if (!zone.signed()) {
            return;
        }
        Set<Integer> types = new TreeSet<>(Set.of(Type.RRSIG, Type.NSEC));
        records.stream().filter(record -> record.getName().equals(name)).forEach(record -> types.add(record.getType()));
        SignedZone own = zones.get(name);
        if (own != null) {
            types.add(Type.NS);
            if (own == zone) {
                types.addAll(Set.of(Type.SOA, Type.DNSKEY));
            } else {
                // The upper side of a zone cut knows no other types
                types.retainAll(new HashSet<>(Set.of(Type.NS, Type.RRSIG, Type.NSEC)));
            }
        }
        try {
            Name next = Name.concatenate(new Name("\\000", Name.fromString(".")).relativize(Name.root), name);
            int[] bitmap = types.stream().mapToInt(Integer::intValue).toArray();
            add(response, Section.AUTHORITY, zone, List.of(new NSECRecord(name, DClass.IN, 60, next, bitmap)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Message response, int section, SignedZone zone, List<Record> set) {
        set.forEach(record -> response.addRecord(record, section));
        if (!zone.signed()) {
            return;
        }
        String what = set.get(0).getName() + " " + Type.string(set.get(0).getType());
        KeyPair signing = forged.contains(what) ? stranger : zone.keys();
        try {
            response.addRecord(
                    DNSSEC.sign(
                            new RRset(set.toArray(Record[]::new)),
                            zone.key(),
                            signing.getPrivate(),
                            now.minus(Duration.ofDays(1)),
                            now.plus(Duration.ofDays(1))),
                    section);
        } catch (DNSSEC.DNSSECException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
