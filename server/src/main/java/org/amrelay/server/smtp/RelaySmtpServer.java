// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.handler.ProtocolHandlerChain;
import org.apache.james.protocols.lib.SslConfig;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.smtp.SMTPConfiguration;
import org.apache.james.protocols.smtp.SMTPProtocol;
import org.apache.james.smtpserver.ExtendedSMTPSession;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.smtpserver.netty.SmtpMetrics;
import org.jspecify.annotations.Nullable;

/**
 * One port of ours: James' configuration, handler chain and life cycle with our connections (docs/decisions/0025).
 *
 * <p>Configured, started and stopped by one thread.
 */
public final class RelaySmtpServer extends SMTPServer {
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final SmtpMetrics metrics;
    private final SharedParts shared;
    private SmtpLimits limits = SmtpLimits.usual();
    private @Nullable SslConfig tls;
    private @Nullable SmtpService service;
    private boolean askForCertificate;
    private @Nullable SmtpChannels channels;

    RelaySmtpServer(SmtpMetrics metrics, SharedParts shared) {
        super(metrics);
        this.metrics = metrics;
        this.shared = shared;
    }

    @Override
    public void doConfigure(HierarchicalConfiguration<ImmutableNode> configuration) throws ConfigurationException {
        super.doConfigure(configuration);
        if (proxyRequired) {
            throw new ConfigurationException("proxyRequired is not supported by this SMTP server");
        }
        limits = SmtpLimits.read(configuration);
        tls = SslConfig.parse(configuration);
        askForCertificate = configuration.getBoolean("tls.askForCertificate", false);
        // We wait for the sessions ourselves; Netty's own grace is two seconds of doing nothing
        setGracefulShutdown(false);
    }

    @Override
    protected void buildSSLContext() throws Exception {
        SslConfig config = Objects.requireNonNull(tls, "configured first");
        if (config.useSSL() || config.useStartTLS()) {
            if (config.getPrivateKey() == null || config.getCertificates() == null) {
                throw new ConfigurationException("tls needs privateKey and certificates, both PEM files");
            }
            encryption = new RelayEncryption(
                    shared.identity(config.getCertificates(), config.getPrivateKey()),
                    config.useStartTLS(),
                    limits.handshake(),
                    askForCertificate);
        }
    }

    @Override
    public void reloadSSLCertificate() {
        if (encryption instanceof RelayEncryption relay) {
            relay.identity().reload();
        }
    }

    @Override
    protected void preInit() throws Exception {
        super.preInit();
        ProtocolHandlerChain chain = getProtocolHandlerChain();
        SMTPConfiguration configuration = new SMTPHandlerConfigurationDataImpl();
        service = new SmtpService(
                new Protocol(chain, configuration),
                SmtpService.dispatcher(chain),
                SmtpService.connectHandlers(chain),
                SmtpService.disconnectHandlers(chain),
                SmtpService.commandsMayBlock(chain),
                this::currentEncryption,
                limits,
                configuration.getMaxMessageSize(),
                shared.memory(),
                shared.spillDirectory(),
                shared.workers(),
                new ConnectionCounts(connectionLimit, connPerIP),
                metrics,
                shared.clock());
        channels = new SmtpChannels(service);
    }

    /** The hooks and limits as configured, for sessions without a connection; nothing listens. */
    SmtpService rehearse() throws Exception {
        preInit();
        return Objects.requireNonNull(service, "preInit makes it");
    }

    private Optional<Encryption> currentEncryption() {
        return Optional.ofNullable(getEncryption());
    }

    @Override
    protected SmtpChannels createPipelineFactory() {
        return Objects.requireNonNull(channels, "initialised first");
    }

    @Override
    protected ChannelInboundHandlerAdapter createCoreHandler() {
        throw new UnsupportedOperationException("our connections are not made of James' handlers");
    }

    /** Connections that are open now. */
    int openConnections() {
        return channels == null ? 0 : channels.count();
    }

    @Override
    public synchronized void unbind() {
        if (channels != null) {
            channels.stop();
            long end = System.nanoTime() + DRAIN.toNanos();
            while (channels.count() > 0 && System.nanoTime() < end) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
        super.unbind();
    }

    @Override
    protected void registerMBean() {
        // Measured through metrics; a bean by name would forbid two servers in one process
    }

    @Override
    protected void unregisterMBean() {
        // None was registered
    }

    @Override
    protected Class<? extends HandlersPackage> getCoreHandlersPackage() {
        return RelayCommands.class;
    }

    @Override
    protected Class<? extends HandlersPackage> getJMXHandlersPackage() {
        return RelayCommands.NoBeans.class;
    }

    private static final class Protocol extends SMTPProtocol {
        private final SMTPConfiguration configuration;

        Protocol(ProtocolHandlerChain chain, SMTPConfiguration configuration) {
            super(chain, configuration);
            this.configuration = configuration;
        }

        @Override
        public ProtocolSession newSession(ProtocolTransport transport) {
            return new Utf8Session(configuration, transport);
        }
    }

    /** James would read commands as ASCII; what may not have UTF-8 is refused before (RFC 6531 §3.3). */
    private static final class Utf8Session extends ExtendedSMTPSession {
        Utf8Session(SMTPConfiguration configuration, ProtocolTransport transport) {
            super(configuration, transport);
        }

        @Override
        public Charset getCharset() {
            return StandardCharsets.UTF_8;
        }
    }
}
