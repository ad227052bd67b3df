// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.amrelay.delivery.client.OpenResult;
import org.amrelay.delivery.client.OpenResult.Opened;
import org.amrelay.delivery.client.OpenResult.Unavailable;
import org.amrelay.delivery.client.Outgoing;
import org.amrelay.delivery.client.Target;
import org.amrelay.delivery.client.TransactionResult;
import org.amrelay.delivery.client.Verdict;
import org.amrelay.delivery.lane.ConnectionPool.Pooled;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.reply.Reply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to deliver: over a kept connection or through the hosts of the next hop, until each recipient has a fate.
 *
 * <p>Connection failures and unfriendly greetings lead to the next address. Recipients that one host puts off are
 * offered to another one, within the limit of sessions. A message in doubt is never offered again in the same attempt.
 * Holds one permit of the pool. For the engine's thread.
 */
final class DeliveryAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryAttempt.class);

    private final AttemptTools tools;
    private final QueuedDelivery delivery;
    private final int mostPerConnection;
    private final SourceGate gate;
    private final BiConsumer<DeliveryAttempt, AttemptEnd> whenEnded;
    private final @Nullable Fate[] fates;
    private final Set<InetSocketAddress> tried = new HashSet<>();
    private final RouteBook routes;

    private List<Integer> undecided = new ArrayList<>();
    private List<Integer> putOff = new ArrayList<>();
    private @Nullable HostPlan plan;
    private @Nullable Pooled current;
    private int sessions;
    private boolean cutOff;
    private boolean waived;
    private boolean reached;
    private boolean told;
    private int barred;
    private List<Integer> underWay = List.of();
    private Fate lastFailure = Fate.withoutPeer(Reply.of(451, "4.3.2", "the relay is shutting down"), "");

    DeliveryAttempt(
            AttemptTools tools,
            QueuedDelivery delivery,
            int mostPerConnection,
            SourceGate gate,
            BiConsumer<DeliveryAttempt, AttemptEnd> whenEnded) {
        this.tools = tools;
        this.delivery = delivery;
        this.mostPerConnection = mostPerConnection;
        this.gate = gate;
        this.whenEnded = whenEnded;
        this.routes = tools.finder().routes();
        this.fates = new Fate[delivery.recipients().size()];
        for (int i = 0; i < fates.length; i++) {
            undecided.add(i);
        }
    }

    /** The attempt owns a permit, or the connection with its permit. */
    void begin(Optional<Pooled> kept) {
        if (kept.isPresent()) {
            gate.leaves(kept.get().connection().target());
            send(kept.get());
        } else {
            openNext();
        }
    }

    /** Opens no more connections; the conversation under way ends by itself or with its connection. */
    void cutOff() {
        cutOff = true;
    }

    private void openNext() {
        HostPlan known = plan;
        if (cutOff || tried.size() >= tools.limits().mostAddresses()) {
            end();
        } else if (known == null) {
            then(tools.finder().find(delivery.nextHop(), tools.health()::isAside), this::found);
        } else {
            then(known.next(), this::open);
        }
    }

    /** Goes on when that is done. What breaks must not leave the delivery claimed and its permit taken for ever. */
    private <T> void then(CompletionStage<T> stage, Consumer<T> next) {
        var unused = stage.thenAcceptAsync(next, tools.executor()).exceptionally(error -> {
            tools.executor().execute(() -> broken(error));
            return null;
        });
    }

    private void broken(Throwable error) {
        LOG.error("{}: an attempt to deliver to {} broke off", delivery.mailName(), delivery.nextHop(), error);
        if (told) {
            return;
        }
        lastFailure = Fate.withoutPeer(Reply.of(451, "4.3.0", "the attempt broke off: " + error), "");
        Pooled pooled = current;
        if (pooled != null) {
            pooled.connection().abort();
            underWay.forEach(i ->
                    fates[i] = Fate.of(new Verdict(Verdict.Kind.IN_DOUBT, lastFailure.reply()), pooled.connection()));
        }
        end();
    }

    private void found(HostFinder.Found found) {
        if (found.plan().isPresent()) {
            plan = found.plan().get();
            openNext();
        } else {
            lastFailure = Fate.withoutPeer(found.failure(), "");
            end();
        }
    }

    private void open(Optional<Target> next) {
        if (next.isEmpty()) {
            HostPlan known = plan;
            if (tried.isEmpty() && known != null) {
                lastFailure = HostFailures.noAddress(delivery.nextHop(), known);
            }
            end();
        } else if (!tried.add(next.get().address())) {
            openNext();
        } else {
            Objects.requireNonNull(plan).through(gate, next.get()).ifPresentOrElse(this::connect, this::bar);
        }
    }

    /** Nothing may leave to that address today; to another one perhaps. */
    private void bar() {
        barred++;
        lastFailure = gate.barred();
        openNext();
    }

    private void connect(Target target) {
        then(tools.open(target), this::opened);
    }

    private void opened(OpenResult result) {
        if (result instanceof Unavailable unavailable) {
            if (HostFailures.isForTls(unavailable)
                    && unavailable.target().tls().wishOfRecipient()
                    && !delivery.envelope().requireTls()) {
                then(tools.finder().waiver().of(delivery.content()), waives -> kept(unavailable, waives));
            } else {
                goOn(unavailable);
            }
        } else if (result instanceof Opened opened) {
            Pooled pooled = new Pooled(delivery.nextHop(), opened.connection(), mostPerConnection, routes);
            tools.health().worked(opened.connection().target().address());
            tools.pool().watch(pooled);
            send(pooled);
        }
    }

    /** The recipient's policy keeps the message back, unless its sender has waived that. */
    private void kept(Unavailable unavailable, boolean waives) {
        if (waives && !cutOff) {
            waived = true;
            Target target = unavailable.target();
            connect(target.with(target.tls()
                    .relaxed("TLS-Required: No, in spite of " + target.tls().why())));
        } else {
            goOn(unavailable);
        }
    }

    private void goOn(Unavailable unavailable) {
        gate.stays(unavailable.target());
        if (!HostFailures.isForTls(unavailable)) {
            // What one domain demands says nothing of the address, which may serve others
            tools.health().failed(unavailable.target().address());
        }
        lastFailure = Fate.of(unavailable);
        openNext();
    }

    private void send(Pooled pooled) {
        Optional<Fate> objection = RequiredTls.objection(delivery, pooled.connection());
        if (objection.isPresent()) {
            passOver(pooled, objection.get());
            return;
        }
        current = pooled;
        List<Integer> now =
                undecided.subList(0, Math.min(undecided.size(), tools.limits().mostRecipients()));
        List<EnvelopeRecipient> recipients =
                now.stream().map(i -> delivery.recipients().get(i).recipient()).toList();
        Outgoing message = Outgoing.of(delivery.envelope(), recipients, delivery.content());
        List<Integer> sent = List.copyOf(now);
        underWay = sent;
        then(pooled.connection().send(message), result -> answered(pooled, sent, result));
    }

    /** On to the next host; what one host puts off is not refused by the word of another. */
    private void passOver(Pooled pooled, Fate objection) {
        gate.stays(pooled.connection().target());
        reached = true;
        tried.add(pooled.connection().target().address());
        pooled.connection().quit();
        boolean hopeless = tried.size() == 1 || lastFailure.kind() == Verdict.Kind.REFUSED;
        if (hopeless || objection.kind() != Verdict.Kind.REFUSED) {
            lastFailure = objection;
        }
        openNext();
    }

    private void answered(Pooled pooled, List<Integer> sent, TransactionResult result) {
        underWay = List.of();
        tried.add(pooled.connection().target().address());
        if (result.stale() && pooled.wasUsed()) {
            // Gone while it was idle: nothing has happened, and the host may be tried anew
            tried.remove(pooled.connection().target().address());
            gate.stays(pooled.connection().target());
            current = null;
            openNext();
            return;
        }
        pooled.carriedOne();
        List<Integer> again = new ArrayList<>(undecided.subList(sent.size(), undecided.size()));
        for (int i = 0; i < sent.size(); i++) {
            Verdict verdict = result.verdicts().get(i);
            fates[sent.get(i)] = Fate.of(verdict, pooled.connection());
            if (verdict.kind() == Verdict.Kind.LATER) {
                putOff.add(sent.get(i));
            } else if (verdict.kind() == Verdict.Kind.NEXT_TRANSACTION) {
                again.add(sent.get(i));
            }
        }
        undecided = again;
        if (!again.isEmpty() && result.reusable() && !cutOff) {
            gate.leaves(pooled.connection().target());
            send(pooled);
        } else {
            sessionEnded(pooled, result.reusable());
        }
    }

    private void sessionEnded(Pooled pooled, boolean reusable) {
        sessions++;
        undecided.addAll(putOff);
        putOff = new ArrayList<>();
        if (undecided.isEmpty() || sessions >= tools.limits().mostSessions() || cutOff) {
            // What was good enough for this message only is not kept
            tools.pool().leftBy(pooled, reusable, !waived);
            tell();
            return;
        }
        if (reusable) {
            // The permit stays with this attempt, for the next host
            pooled.connection().quit();
        }
        current = null;
        lastFailure = Fate.later(Reply.of(451, "4.4.1", "no other host could be reached"), "");
        openNext();
    }

    private void end() {
        tools.pool().freePermit();
        tell();
    }

    private void tell() {
        told = true;
        List<Fate> all = new ArrayList<>(fates.length);
        for (Fate fate : fates) {
            all.add(fate == null ? lastFailure : fate);
        }
        boolean unreachable = sessions == 0 && !reached && lastFailure.kind() == Verdict.Kind.LATER;
        boolean onlyBarred = barred > 0 && barred == tried.size();
        whenEnded.accept(this, new AttemptEnd(all, unreachable, onlyBarred ? gate.until() : Optional.empty()));
    }
}
