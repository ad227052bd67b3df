// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.DnsAnswer.Status;
import org.amrelay.mail.dns.RecordType;

/** The DNS and the time that the parts see; both change from case to case. Safe for several threads. */
final class World extends Clock implements Dns {
    private volatile Dns dns = new Silence();
    private volatile Instant now = Instant.EPOCH;

    /** From now on the world is this one. */
    void become(Dns names, Instant instant) {
        dns = names;
        now = instant;
    }

    /** Nobody answers: what it means to have no zone file. */
    static final class Silence implements Dns {
        @Override
        public <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
            return CompletableFuture.completedFuture(
                    DnsAnswer.failure(Status.TIME_OUT, "no zone file was given, nobody is asked"));
        }
    }

    @Override
    public <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
        return dns.query(name, type);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
