// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.reply.Reply;
import org.amrelay.server.torture.ClientBook.Outcome;

/**
 * Several clients that send mail as fast as the relay takes it, and write down what they were told.
 *
 * <p>Safe for several threads. A client whose connection breaks opens another, as long as there is a port; it never sends a
 * mail twice, so a second copy is always the relay's.
 */
final class Load implements Closeable {
    private static final int MAILS_PER_CONNECTION = 20;
    private static final int PAUSE_MILLIS = 20;
    private static final long CLOSE_SECONDS = 60;

    private final ClientBook book;
    private final AtomicLong numbers = new AtomicLong();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> clients = new ArrayList<>();
    private volatile int port;

    private Load(ClientBook book) {
        this.book = book;
    }

    /** Starts the clients; they wait until there is a port. */
    static Load start(int clients, long seed, ClientBook book) {
        Load load = new Load(book);
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int number = 0; number < clients; number++) {
            SplittableRandom random = seeds.split();
            Thread client = new Thread(() -> load.work(random), "load-" + number);
            client.setDaemon(true);
            load.clients.add(client);
            client.start();
        }
        return load;
    }

    /** Where the relay listens now; 0 when it does not. */
    void aimAt(int newPort) {
        port = newPort;
    }

    private void work(SplittableRandom random) {
        try {
            while (stop.getCount() > 0) {
                int target = port;
                if (target == 0 || !converse(target, random)) {
                    var unused = stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection; false when it broke. */
    private boolean converse(int target, SplittableRandom random) {
        try (SmtpTalk talk = SmtpTalk.open(target)) {
            for (int sent = 0; sent < MAILS_PER_CONNECTION && stop.getCount() > 0 && port == target; sent++) {
                send(talk, TortureMail.random("m" + numbers.incrementAndGet(), random));
            }
            talk.quit();
            return true;
        } catch (IOException broken) {
            return false; // what that means for the mail under way is in the book
        }
    }

    private void send(SmtpTalk talk, TortureMail mail) throws IOException {
        book.put(mail, Outcome.NOT_SENT, List.of());
        List<EmailAddress> taken = talk.envelope(mail.sender(), mail.recipients());
        if (taken.isEmpty() || !talk.beginData()) {
            book.put(mail, Outcome.REFUSED, List.of());
            talk.reset();
            return;
        }
        talk.content(mail.header() + mail.body());
        book.put(mail, Outcome.IN_DOUBT, taken); // from the first octet of the final dot on
        Reply reply = talk.finalDot();
        book.put(mail, reply.isPositive() ? Outcome.ACCEPTED : Outcome.REFUSED, taken);
    }

    /** Lets every client finish its mail, then ends. */
    @Override
    public void close() {
        stop.countDown();
        try {
            for (Thread client : clients) {
                client.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
