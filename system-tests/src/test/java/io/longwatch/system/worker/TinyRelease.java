package io.longwatch.system.worker;

import com.sun.net.httpserver.HttpServer;
import io.longwatch.actions.Contracts;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A release of one step and a soak that looks at a page every two seconds; the page is served here. */
final class TinyRelease implements AutoCloseable {
    static final String ID = "bridge-production-20261121-1";
    static final String WORKFLOW_ID = ReleaseRequest.workflowId("bridge", "production");

    private static final String PLAN = """
            apiVersion: longwatch.io/v1
            kind: ReleasePlan
            service: bridge
            environment: production
            title: Bridge
            roles: {manager: Release manager}
            phases:
              - id: deploy
                title: Deploy
                at: T
                steps:
                  - {id: answers, title: The page answers, uses: http.request, with: {url: "%1$s"}}
            soak:
              checks:
                - {id: page, title: Page, uses: http.request, with: {url: "%1$s"}, figure: result.millis, successCondition: result.status == 200}
              windows:
                - {id: first, title: First, duration: %2$s, interval: 2s, checks: [page]}
            """;

    private static final String SIGNED =
            "signOffs: [{id: lead, title: Signed, role: manager, deadline: 1h, onDeadline: continue}]\n";

    private final HttpServer page;
    private final String soak;
    private final String signOffs;

    /**
     * A release that is not started yet.
     *
     * @param soak how long it soaks, as a plan writes it
     */
    TinyRelease(String soak) {
        this(soak, "");
    }

    /** One that is to be signed when it has soaked. */
    static TinyRelease signed(String soak) {
        return new TinyRelease(soak, SIGNED);
    }

    private TinyRelease(String soak, String signOffs) {
        this.soak = soak;
        this.signOffs = signOffs;
        try {
            page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no page can be served", e);
        }
        page.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        page.start();
    }

    ReleaseRequest request() {
        String url = "http://127.0.0.1:" + page.getAddress().getPort() + "/";
        LoadedPlan loaded = PlanLoader.load(
                "plan.yaml",
                PLAN.formatted(url, soak) + signOffs,
                path -> "",
                Contracts.catalog(),
                Map.of(),
                PlanLoader.Mode.FOR_START);
        if (!(loaded instanceof LoadedPlan.Loaded plan)) {
            throw new IllegalArgumentException(loaded.toString());
        }
        Instant now = Clock.systemUTC().instant();
        return new ReleaseRequest(
                ID,
                plan.plan(),
                PlanDigest.of(plan.plan(), plan.parameters()),
                plan.parameters(),
                "rita",
                now,
                now,
                true,
                null,
                ReleaseRequest.KNOWN,
                true);
    }

    /** A decision about the whole release. */
    static Decision decision(Verb verb) {
        return decision(verb, Decision.RELEASE, null);
    }

    /** An answer to the question that a release asks about a subject. */
    static Decision answer(Verb verb, String subject, ReleaseRecord asked) {
        Question question = asked.questions().stream()
                .filter(open -> open.subject().equals(subject))
                .findFirst()
                .orElseThrow();
        return decision(verb, subject, question.digest());
    }

    private static Decision decision(Verb verb, String subject, @Nullable String digest) {
        return new Decision(
                UUID.randomUUID().toString(),
                ID,
                subject,
                digest,
                verb,
                "ada",
                "cli",
                Clock.systemUTC().instant(),
                "to see who carries it out",
                null,
                null,
                null);
    }

    @Override
    public void close() {
        page.stop(0);
    }
}
