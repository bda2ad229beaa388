package io.longwatch.activities.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longwatch.decision.Decision;
import io.longwatch.ledger.LedgerPage;
import io.longwatch.release.DecisionRecord;
import io.longwatch.release.EffectRecord;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.StepRecord;
import io.longwatch.release.WindowRecord;
import io.longwatch.soak.WindowResult;
import io.longwatch.text.Sha256;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;

/** A page of a release as rows. */
final class PageRows {
    private static final String RELEASE = """
            INSERT INTO release AS kept (id, service, environment, title, state, reason, requester, plan_digest,
                requested_at, started_at, deploy_at, deployed_at, ended_at, workflow_id, run_id, page, request, record,
                record_sha256)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?::json, ?)
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, state = excluded.state, reason = excluded.reason,
                deploy_at = excluded.deploy_at, deployed_at = excluded.deployed_at, ended_at = excluded.ended_at,
                workflow_id = excluded.workflow_id, run_id = excluded.run_id, page = excluded.page, request = excluded.request, record = excluded.record,
                record_sha256 = excluded.record_sha256, written_at = now()
            WHERE kept.page <= excluded.page""";
    private static final String STEP = """
            INSERT INTO step (release_id, id, phase, place, title, uses, state, attempts, started_at, ended_at, summary,
                problem, person, evidence, boxes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (release_id, id) DO UPDATE SET phase = excluded.phase, place = excluded.place,
                title = excluded.title, uses = excluded.uses, state = excluded.state, attempts = excluded.attempts,
                started_at = excluded.started_at, ended_at = excluded.ended_at, summary = excluded.summary,
                problem = excluded.problem, person = excluded.person, evidence = excluded.evidence,
                boxes = excluded.boxes""";
    private static final String EFFECT = """
            INSERT INTO effect (release_id, step_id, action, undo, state, recorded_at, ended_at, summary)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (release_id, step_id) DO UPDATE SET state = excluded.state, ended_at = excluded.ended_at,
                summary = excluded.summary""";
    private static final String DECISION = """
            INSERT INTO decision (release_id, id, subject, verb, who, channel, digest, decided_at, reason, evidence,
                argument, proof, person, roles, trust, arrived_at, accepted, message)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (release_id, id) DO UPDATE SET person = excluded.person, roles = excluded.roles,
                trust = excluded.trust, arrived_at = excluded.arrived_at, accepted = excluded.accepted,
                message = excluded.message""";
    private static final String WINDOW = """
            INSERT INTO soak_window (release_id, id, title, starts_at, ends_at, verdict, person, reason, looks,
                back_filled, missed, uncovered)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::interval)
            ON CONFLICT (release_id, id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at,
                verdict = excluded.verdict, person = excluded.person, reason = excluded.reason, looks = excluded.looks,
                back_filled = excluded.back_filled, missed = excluded.missed, uncovered = excluded.uncovered""";

    private final LedgerPage page;
    private final ReleaseRecord record;

    PageRows(LedgerPage page, ReleaseRecord record) {
        this.page = page;
        this.record = record;
    }

    /** Writes them, unless a newer page was. */
    void write(Connection transaction) throws SQLException {
        if (release(transaction)) {
            steps(transaction);
            effects(transaction);
            decisions(transaction);
            windows(transaction);
        }
    }

    private boolean release(Connection transaction) throws SQLException {
        String text = page.record().toString();
        try (Upsert row = new Upsert(transaction, RELEASE)) {
            row.row(
                    record.release(),
                    record.service(),
                    record.environment(),
                    record.title(),
                    record.state(),
                    record.reason(),
                    record.requester(),
                    record.planDigest(),
                    Instant.parse(page.request().path("requestedAt").asText()),
                    record.startedAt(),
                    record.deployAt(),
                    record.deployedAt(),
                    record.endedAt(),
                    page.workflowId(),
                    page.runId(),
                    page.number(),
                    page.request(),
                    text,
                    Sha256.hex(text.getBytes(UTF_8)));
            return row.send() > 0;
        }
    }

    private void steps(Connection transaction) throws SQLException {
        int place = 0;
        try (Upsert rows = new Upsert(transaction, STEP)) {
            for (PhaseRecord phase : Stream.concat(record.phases().stream(), record.rollback().stream())
                    .toList()) {
                for (StepRecord step : phase.steps()) {
                    rows.row(
                            record.release(),
                            step.id(),
                            phase.id(),
                            ++place,
                            step.title(),
                            step.uses(),
                            step.state(),
                            step.attempts(),
                            step.startedAt(),
                            step.endedAt(),
                            step.summary(),
                            step.problem(),
                            step.by(),
                            step.evidence(),
                            step.covers().toArray(Integer[]::new));
                }
            }
            rows.send();
        }
    }

    private void effects(Connection transaction) throws SQLException {
        try (Upsert rows = new Upsert(transaction, EFFECT)) {
            for (EffectRecord effect : record.effects()) {
                rows.row(
                        record.release(),
                        effect.step(),
                        effect.action(),
                        effect.undo().name().toLowerCase(Locale.ROOT),
                        effect.state(),
                        effect.recordedAt(),
                        effect.endedAt(),
                        effect.summary());
            }
            rows.send();
        }
    }

    private void decisions(Connection transaction) throws SQLException {
        try (Upsert rows = new Upsert(transaction, DECISION)) {
            for (DecisionRecord judged : record.decisions()) {
                Decision decision = judged.decision();
                rows.row(
                        record.release(),
                        decision.id(),
                        decision.subject(),
                        decision.verb().word(),
                        decision.who(),
                        decision.channel(),
                        decision.digest(),
                        decision.decidedAt(),
                        decision.reason(),
                        decision.evidence(),
                        decision.argument(),
                        decision.proof(),
                        judged.person(),
                        judged.roles(),
                        judged.trust(),
                        judged.arrivedAt(),
                        judged.accepted(),
                        judged.message());
            }
            rows.send();
        }
    }

    private void windows(Connection transaction) throws SQLException {
        try (Upsert rows = new Upsert(transaction, WINDOW)) {
            for (WindowRecord window : record.soak()) {
                WindowResult result = window.result();
                rows.row(
                        record.release(),
                        window.window(),
                        window.title(),
                        window.startsAt(),
                        window.endsAt(),
                        window.verdict(),
                        window.by(),
                        window.reason(),
                        result == null ? null : result.looks(),
                        result == null ? null : result.backfilled(),
                        result == null ? null : result.missed(),
                        result == null ? null : result.uncovered());
            }
            rows.send();
        }
    }
}
