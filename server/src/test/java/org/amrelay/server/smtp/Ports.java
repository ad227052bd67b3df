// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import com.google.common.collect.ImmutableMap;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.amrelay.authentication.containment.AccountWatch;
import org.amrelay.authentication.containment.ContainmentSettings;
import org.amrelay.authentication.containment.ContainmentStore;
import org.amrelay.authentication.identity.AccountIdentities;
import org.amrelay.authentication.limit.LimitRule;
import org.amrelay.authentication.limit.LimitStore;
import org.amrelay.authentication.limit.MemoryLimits;
import org.amrelay.authentication.limit.SubmissionLimiter;
import org.amrelay.authentication.report.VerdictLog;
import org.amrelay.authentication.sasl.ScramAccount;
import org.amrelay.authentication.sasl.TokenVerdict;
import org.amrelay.delivery.suppression.SuppressionStore;
import org.amrelay.filtering.content.ContentFilter;
import org.amrelay.filtering.virus.VirusProtection;
import org.amrelay.james.MessageViews;
import org.amrelay.james.ReturnPaths;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.amrelay.smtp.auth.AuthenticationThrottle;
import org.amrelay.smtp.auth.BanBook;
import org.amrelay.smtp.auth.BearerLogins;
import org.amrelay.smtp.auth.CertificateLogins;
import org.amrelay.smtp.auth.ScramLogins;
import org.amrelay.smtp.mail.AliasIdentities;
import org.amrelay.smtp.rcpt.RecipientDirectory;
import org.amrelay.smtp.rcpt.RecipientDirectory.Existence;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.builder.fluent.Configurations;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.lib.DomainListConfiguration;
import org.apache.james.domainlist.memory.MemoryDomainList;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.rrt.api.CanSendFrom;
import org.apache.james.rrt.api.RecipientRewriteTableConfiguration;
import org.apache.james.rrt.lib.AliasReverseResolverImpl;
import org.apache.james.rrt.lib.CanSendFromImpl;
import org.apache.james.rrt.memory.MemoryRecipientRewriteTable;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.memory.MemoryUsersRepository;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The three ports of the shipped {@code conf/smtpserver.xml} on free ports of this machine, with James' collaborators
 * in memory: domain {@code ours.test}, account {@code ann@ours.test} with password {@code secret}.
 */
final class Ports implements AutoCloseable {
    final HeldSpool spool = new HeldSpool();
    final Path directory;
    final OpenBook bans = new OpenBook();
    /** Account, space, address. */
    final Set<String> granted = ConcurrentHashMap.newKeySet();

    final RelaySmtpServerFactory factory;
    private final Map<Class<?>, Object> parts;

    static final class Setup {
        private final ImmutableMap.Builder<String, String> values = ImmutableMap.builder();
        private String limits = "";
        private LimitStore counts = new MemoryLimits();
        private List<LimitRule> rules = LimitRule.USUAL;
        private Duration delay = Duration.ofMillis(1);
        private String replaced = "\0";
        private String replacement = "";
        private VirusProtection protection = VirusProtection.none();
        private Dns dns = Zone.of("ours.test A 192.0.2.1");

        Setup dns(Dns all) {
            dns = all;
            return this;
        }

        Setup scanning(VirusProtection by) {
            protection = by;
            return this;
        }

        Setup with(String name, String value) {
            values.put(name, value);
            return this;
        }

        Setup limits(String xml) {
            limits += xml;
            return this;
        }

        Setup rules(String... texts) {
            rules = Arrays.stream(texts)
                    .map(text -> LimitRule.parse("rule", text))
                    .toList();
            return this;
        }

        /** Where the rules are counted. */
        Setup counting(LimitStore where) {
            counts = where;
            return this;
        }

        Setup throttle(Duration firstDelay) {
            delay = firstDelay;
            return this;
        }

        Setup replacing(String text, String by) {
            replaced = text;
            replacement = by;
            return this;
        }

        Ports start() {
            return new Ports(this);
        }
    }

    static Setup with(String name, String value) {
        return new Setup().with(name, value);
    }

    static Ports start() {
        return new Setup().start();
    }

    private Ports(Setup setup) {
        try {
            directory = Files.createTempDirectory("ports");
            writeCertificate("localhost");
            parts = parts(
                    setup.delay,
                    setup.dns,
                    new SubmissionLimiter(setup.rules, setup.counts, Clock.systemUTC()),
                    setup.protection);
            factory = new RelaySmtpServerFactory(
                    new InMemoryDNSService(),
                    this::load,
                    new HomeFiles(directory),
                    new RecordingMetricFactory(),
                    Clock.systemUTC(),
                    Duration.ofMillis(50));
            factory.configure(configuration(setup));
            factory.init();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private XMLConfiguration configuration(Setup setup) throws Exception {
        Map<String, String> values = setup.values.build();
        String xml = Files.readString(Path.of("../conf/smtpserver.xml"))
                .replace("0.0.0.0", "127.0.0.1")
                .replace(setup.replaced, setup.replacement)
                .replace("<limits/>", "<limits>" + setup.limits + "</limits>");
        String filled = Pattern.compile("\\$\\{(\\w+):([^}]*)}")
                .matcher(xml)
                .replaceAll(m -> values.getOrDefault(m.group(1), m.group(1).startsWith("AMR_PORT") ? "0" : m.group(2)));
        Path file = Files.writeString(directory.resolve("smtpserver.xml"), filled);
        return new Configurations().xml(file.toFile());
    }

    private Map<Class<?>, Object> parts(Duration delay, Dns dns, SubmissionLimiter limiter, VirusProtection protection)
            throws Exception {
        MemoryDomainList domains = new MemoryDomainList(new InMemoryDNSService());
        domains.configure(DomainListConfiguration.builder()
                .autoDetect(false)
                .autoDetectIp(false)
                .defaultDomain(Domain.of("ours.test"))
                .build());
        MemoryUsersRepository users = MemoryUsersRepository.withVirtualHosting(domains);
        users.addUser(Username.of("ann@ours.test"), "secret");
        MemoryRecipientRewriteTable rewrites = new MemoryRecipientRewriteTable();
        rewrites.setConfiguration(RecipientRewriteTableConfiguration.DEFAULT_ENABLED);
        rewrites.setDomainList(domains);
        rewrites.setUsersRepository(users);
        CanSendFrom canSendFrom = new CanSendFromImpl(rewrites, new AliasReverseResolverImpl(rewrites));
        AliasIdentities aliases = new AliasIdentities(users, canSendFrom);
        AccountIdentities identities =
                (account, address) -> aliases.mayUse(account, address) || granted.contains(account + " " + address);
        return ImmutableMap.<Class<?>, Object>builder()
                .put(ScramLogins.class, new NoScram())
                .put(CertificateLogins.class, new NoCertificates())
                .put(AccountIdentities.class, identities)
                .put(DomainList.class, domains)
                .put(UsersRepository.class, users)
                .put(CanSendFrom.class, canSendFrom)
                .put(MailQueueFactory.class, spool)
                .put(MetricFactory.class, new RecordingMetricFactory())
                .put(AuthenticationThrottle.class, new AuthenticationThrottle(Clock.systemUTC(), delay, bans))
                .put(
                        AccountWatch.class,
                        new AccountWatch(ContainmentSettings.USUAL, ContainmentStore.of(List.of()), Clock.systemUTC()))
                .put(BearerLogins.class, new NoTokens())
                .put(BanBook.class, bans)
                .put(SubmissionLimiter.class, limiter)
                .put(RecipientDirectory.class, (RecipientDirectory) address -> Existence.UNASKED)
                .put(SuppressionStore.class, SuppressionStore.empty())
                .put(ReturnPaths.class, new ReturnPaths("ours.test", List.of("secret"), Clock.systemUTC()))
                .put(Clock.class, Clock.systemUTC())
                .put(Dns.class, dns)
                .put(VerdictLog.class, VerdictLog.none())
                .put(VirusProtection.class, protection)
                .put(ContentFilter.class, ContentFilter.none())
                .put(MessageViews.class, MessageViews.ofJames())
                .build();
    }

    private ProtocolHandler load(String name, Configuration config) throws ProtocolHandlerLoader.LoadingException {
        try {
            Constructor<?> constructor = Arrays.stream(Class.forName(name).getConstructors())
                    .filter(c -> Arrays.stream(c.getParameterTypes()).allMatch(parts::containsKey))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(name + " wants what the test has not"));
            ProtocolHandler handler =
                    (ProtocolHandler) constructor.newInstance(Arrays.stream(constructor.getParameterTypes())
                            .map(parts::get)
                            .toArray());
            handler.init(config);
            return handler;
        } catch (ReflectiveOperationException | org.apache.commons.configuration2.ex.ConfigurationException e) {
            throw new ProtocolHandlerLoader.LoadingException(name, e);
        }
    }

    int receive() {
        return port(0);
    }

    int submission() {
        return port(1);
    }

    int submissions() {
        return port(2);
    }

    private int port(int index) {
        return factory.getServers().get(index).getPort() != 0
                ? factory.getServers().get(index).getPort()
                : factory.getServers().get(index).getListenAddresses().get(0).getPort();
    }

    void writeCertificate(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            X500Name subject = new X500Name("CN=" + name);
            Instant now = Instant.now();
            byte[] certificate = new JcaX509v3CertificateBuilder(
                            subject,
                            BigInteger.valueOf(now.toEpochMilli()),
                            Date.from(now.minusSeconds(60)),
                            Date.from(now.plusSeconds(86_400)),
                            subject,
                            keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
            Path tls = Files.createDirectories(directory.resolve("conf/tls"));
            Files.writeString(
                    tls.resolve("key.pem"), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
            Files.writeString(tls.resolve("certificate.pem"), pem("CERTIFICATE", certificate));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }

    @Override
    public void close() {
        factory.destroy();
    }

    /** Bans who is told to it, when it is open. */
    static final class OpenBook implements BanBook {
        volatile boolean open;
        final Map<InetAddress, Instant> until = new ConcurrentHashMap<>();

        @Override
        public Optional<Instant> bannedUntil(InetAddress client) {
            return Optional.ofNullable(until.get(client));
        }

        @Override
        public void failedTooOften(InetAddress client) {
            if (open) {
                until.put(client, Instant.parse("2099-01-01T00:00:00Z"));
            }
        }
    }

    private static final class NoTokens implements BearerLogins {
        @Override
        public boolean areTaken() {
            return false;
        }

        @Override
        public TokenVerdict judge(String token) {
            throw new IllegalStateException("not offered");
        }

        @Override
        public String hint() {
            throw new IllegalStateException("not offered");
        }
    }

    private static final class NoScram implements ScramLogins {
        @Override
        public boolean areKept() {
            return false;
        }

        @Override
        public boolean arePlus() {
            return false;
        }

        @Override
        public ScramAccount find(String name) {
            throw new IllegalStateException("not offered");
        }
    }

    private static final class NoCertificates implements CertificateLogins {
        @Override
        public Optional<String> accountOf(X509Certificate certificate) {
            return Optional.empty();
        }

        @Override
        public void used(X509Certificate certificate) {
            throw new IllegalStateException("not offered");
        }
    }

    private record HomeFiles(Path directory) implements FileSystem {
        @Override
        public InputStream getResource(String url) throws IOException {
            return Files.newInputStream(getFile(url).toPath());
        }

        @Override
        public File getFile(String url) {
            return directory.resolve(url.replaceFirst("^file://", "")).toFile();
        }

        @Override
        public File getBasedir() {
            return directory.toFile();
        }
    }
}
