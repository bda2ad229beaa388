package io.longwatch.activities.ledger;

import io.longwatch.decision.Decision;
import io.longwatch.decision.Judgement;
import io.longwatch.soak.Measurement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down beside the activities what they saw, so that none waits for the ledger. While it is down the newest are
 * lost once {@value #MOST} wait; a worker that dies loses what it had not written yet, a second's worth. All that ends a
 * release or a window stands in the release's pages too.
 */
public final class ObservationWriter implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ObservationWriter.class);
    private static final int MOST = 20_000;
    private static final int AT_ONCE = 500;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LAST_CHANCE = Duration.ofSeconds(5);

    private static final String BAD_VALUE = "22";
    private static final String BROKEN_RULE = "23";

    private final Ledger ledger;
    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>(MOST);
    private final AtomicLong handed = new AtomicLong();
    private final AtomicLong settled = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread = new Thread(this::writeOn, "longwatch-ledger");
    private volatile boolean closing;

    public ObservationWriter(Ledger ledger) {
        this.ledger = ledger;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** A decision was judged. */
    public void judged(Decision decision, Judgement judgement) {
        hand(new Entry.Judged(decision.release(), decision, judgement));
    }

    /** A look at a soak window was taken. */
    public void looked(String release, String window, Instant due, boolean late, Map<String, Measurement> seen) {
        seen.forEach((check, measurement) -> hand(new Entry.Sample(release, window, check, due, late, measurement)));
    }

    /** An activity of a step found something. */
    public void found(String release, String step, String activity, String content, Instant at) {
        hand(new Entry.Found(release, step, activity, content, at));
    }

    /** Something was seen that cannot be written down. */
    public void unwritable() {
        lost.incrementAndGet();
    }

    /** What could not be written and is given up. */
    public long lost() {
        return lost.get();
    }

    private void hand(Entry entry) {
        handed.incrementAndGet();
        if (!waiting.offer(entry)) {
            settled.incrementAndGet();
            tellLost(1, "too much waits for the ledger");
        }
    }

    private void tellLost(int count, String why) {
        long before = lost.getAndAdd(count);
        if (before == 0 || before / MOST != (before + count) / MOST) {
            LOGGER.atError()
                    .addKeyValue("lost", before + count)
                    .addKeyValue("why", why)
                    .log("entries of the ledger are lost; releases are not affected");
        }
    }

    private void writeOn() {
        try {
            while (!(closing && waiting.isEmpty())) {
                Entry first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Entry> batch = new ArrayList<>(List.of(first));
                    waiting.drainTo(batch, AT_ONCE - 1);
                    write(batch);
                    settled.addAndGet(batch.size());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<Entry> batch) throws InterruptedException {
        EntryRows rows = new EntryRows(batch);
        boolean told = false;
        while (true) {
            Exception problem = problem(rows);
            if (problem == null) {
                return;
            }
            if (closing || isOfTheRows(problem)) {
                giveUp(batch, problem);
                return;
            }
            if (!told) {
                LOGGER.atWarn()
                        .addKeyValue("problem", problem.getMessage())
                        .log("the ledger cannot be written; trying again");
                told = true;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
    }

    /** Keeps what can be kept: rows that the database will never take are lost alone. */
    private void giveUp(List<Entry> batch, Exception problem) throws InterruptedException {
        if (batch.size() == 1 || !isOfTheRows(problem)) {
            tellLost(batch.size(), String.valueOf(problem.getMessage()));
            return;
        }
        for (Entry each : batch) {
            write(List.of(each));
        }
    }

    private static boolean isOfTheRows(Exception problem) {
        return problem instanceof SQLException sql
                && sql.getSQLState() != null
                && (sql.getSQLState().startsWith(BAD_VALUE) || sql.getSQLState().startsWith(BROKEN_RULE));
    }

    private @Nullable Exception problem(EntryRows rows) {
        try {
            ledger.write(transaction -> {
                rows.write(transaction);
                return true;
            });
            return null;
        } catch (SQLException | RuntimeException e) {
            return e;
        }
    }

    /** Waits until all that was handed over is written or given up; false after the patience. */
    boolean settle(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (settled.get() < handed.get()) {
            if (System.nanoTime() > until) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return true;
    }

    /** Writes what is left, if it can be written now. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(LAST_CHANCE.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                tellLost((int) (handed.get() - settled.get()), "the worker stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
