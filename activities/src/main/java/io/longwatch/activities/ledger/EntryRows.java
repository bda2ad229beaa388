package io.longwatch.activities.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longwatch.activities.ledger.Entry.Found;
import io.longwatch.activities.ledger.Entry.Judged;
import io.longwatch.activities.ledger.Entry.Sample;
import io.longwatch.decision.Decision;
import io.longwatch.text.Sha256;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Entries as rows. */
final class EntryRows {
    private static final String SAMPLE = """
            INSERT INTO soak_sample (release_id, window_id, check_id, due_at, outcome, figure, message, back_filled)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (release_id, window_id, check_id, due_at) DO NOTHING""";
    private static final String DECISION = """
            INSERT INTO decision (release_id, id, subject, verb, who, channel, digest, decided_at, reason, evidence,
                argument, proof, authentic, person, roles, trust)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (release_id, id) DO UPDATE SET authentic = excluded.authentic""";
    private static final String EVIDENCE =
            "INSERT INTO evidence (sha256, media_type, content) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING";
    private static final String STEP_EVIDENCE = """
            INSERT INTO step_evidence (release_id, step_id, activity, sha256, seen_at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (release_id, step_id, activity, sha256) DO NOTHING""";
    private static final String JSON = "application/json";

    private final List<Entry> entries;

    EntryRows(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    void write(Connection transaction) throws SQLException {
        samples(transaction);
        decisions(transaction);
        evidence(transaction);
    }

    private <T extends Entry> Stream<T> of(Class<T> kind) {
        return entries.stream().filter(kind::isInstance).map(kind::cast);
    }

    private void samples(Connection transaction) throws SQLException {
        try (Upsert rows = new Upsert(transaction, SAMPLE)) {
            for (Sample sample : of(Sample.class).toList()) {
                rows.row(
                        sample.release(),
                        sample.window(),
                        sample.check(),
                        sample.due(),
                        sample.seen().outcome(),
                        sample.seen().figure(),
                        sample.seen().message(),
                        sample.late());
            }
            rows.send();
        }
    }

    private void decisions(Connection transaction) throws SQLException {
        try (Upsert rows = new Upsert(transaction, DECISION)) {
            for (Judged judged : of(Judged.class).toList()) {
                Decision decision = judged.decision();
                rows.row(
                        judged.release(),
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
                        judged.judgement().authentic(),
                        judged.judgement().person(),
                        judged.judgement().roles(),
                        judged.judgement().trust());
            }
            rows.send();
        }
    }

    /** Content in the order of its digest, so that two workers do not wait for each other. */
    private void evidence(Connection transaction) throws SQLException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Upsert content = new Upsert(transaction, EVIDENCE);
                Upsert sightings = new Upsert(transaction, STEP_EVIDENCE)) {
            for (Found found : of(Found.class).toList()) {
                byte[] bytes = found.content().getBytes(UTF_8);
                String digest = Sha256.hex(bytes);
                contents.put(digest, bytes);
                sightings.row(found.release(), found.step(), found.activity(), digest, found.at());
            }
            for (Map.Entry<String, byte[]> each : contents.entrySet()) {
                content.row(each.getKey(), JSON, each.getValue());
            }
            content.send();
            sightings.send();
        }
    }
}
