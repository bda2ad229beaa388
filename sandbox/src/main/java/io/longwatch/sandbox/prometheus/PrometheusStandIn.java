package io.longwatch.sandbox.prometheus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.sandbox.prometheus.LoopbackApi.Call;
import io.longwatch.sandbox.prometheus.LoopbackApi.Reply;
import io.longwatch.sandbox.prometheus.RuleGroup.BadConfiguration;
import io.longwatch.sandbox.prometheus.promql.Parser;
import io.longwatch.sandbox.prometheus.promql.PromqlException;
import io.longwatch.sandbox.prometheus.promql.Value.Run;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in of Prometheus 2.42: its HTTP API over series that are functions of time, on loopback.
 *
 * <p>Modelled: what a scrape every interval would have stored of the series of a configured job, from the reload that
 * brought the job on; staleness and the look-back of five minutes; {@code query} and {@code query_range} over the part of
 * PromQL that {@link io.longwatch.sandbox.prometheus.promql} lists (the rest is 400 bad_data); active targets, from the
 * series {@code up}; rules of rule files with health, pending and firing; {@code status/config}, {@code
 * status/buildinfo}, {@code /-/healthy}, {@code /-/ready}, {@code /-/reload}, which refuses what Prometheus would refuse
 * and keeps what was loaded; a time in which it is down, scrapes nothing and answers 503.
 *
 * <p>Not modelled: storage, retention, scrapes at offsets of their own, relabelling, service discovery, recording rules'
 * series and ALERTS, Alertmanager, federation, remote write, exemplars, metadata, authentication, {@code parse_query}
 * (404, as in every Prometheus before 3.0), warnings.
 */
public final class PrometheusStandIn implements RangeQueries, AutoCloseable {
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(15);
    private static final long MOST_POINTS = 11_000;
    private final Clock clock;
    private final Duration interval;
    private final ConfigFiles files;
    private final SeriesSource source;
    private final ScrapeLog log;
    private final Queries queries;
    private final LoopbackApi api;
    private volatile Configuration configuration;

    /** Starts with a sample every 15 s. */
    public static PrometheusStandIn start(SeriesSource source, ConfigFiles files, Clock clock) {
        return new PrometheusStandIn(source, files, clock, USUAL_INTERVAL);
    }

    /**
     * Starts it. The jobs it finds configured have been scraped since ever.
     *
     * @param source what there is to scrape
     * @param files what it loads, now and on each reload
     * @param clock its time
     * @param interval between scrapes, and between evaluations of rules
     */
    public PrometheusStandIn(SeriesSource source, ConfigFiles files, Clock clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
        this.files = files;
        this.source = source;
        this.log = new ScrapeLog(source, interval);
        this.queries = new Queries(log);
        this.configuration = Configuration.load(files, Instant.EPOCH);
        log.configuredSinceEver(configuration.jobs());
        this.api = new LoopbackApi(this::answer);
    }

    /** Where it listens. */
    public URI uri() {
        return api.uri();
    }

    /** Lets it be down from one instant, included, to another, excluded: 503 to all, and nothing scraped. */
    public void down(Instant from, Instant to) {
        log.down(from, to);
    }

    /** Whether it is down now. */
    @Override
    public boolean isDown() {
        return log.downAt(clock.instant());
    }

    /**
     * A query over a range, as its API would answer it.
     *
     * @throws PromqlException if it would refuse
     */
    @Override
    public List<Run> queryRange(String query, Instant start, Instant end, Duration step) {
        return queries.over(query, start.toEpochMilli(), end.toEpochMilli(), step.toMillis());
    }

    /** Loads the files again, as POST /-/reload does; returns what is wrong with them, or an empty text. */
    public synchronized String reload() {
        try {
            Instant now = clock.instant();
            Configuration read = Configuration.load(files, now);
            log.configured(now, read.jobs());
            boolean sameRules = read.ruleFiles().equals(configuration.ruleFiles());
            configuration = sameRules ? read.loadedAt(configuration.loadedAt()) : read;
            return "";
        } catch (BadConfiguration e) {
            return "failed to reload config: " + e.getMessage();
        }
    }

    private Reply answer(Call call) {
        if (isDown()) {
            return Reply.text(503, "Service Unavailable");
        }
        try {
            return switch (call.path()) {
                case "/-/healthy" -> Reply.text(200, "Prometheus Server is Healthy.\n");
                case "/-/ready" -> Reply.text(200, "Prometheus Server is Ready.\n");
                case "/-/reload" -> reload(call);
                case "/api/v1/query" -> query(call);
                case "/api/v1/query_range" -> queryRange(call);
                case "/api/v1/targets" -> PrometheusJson.success(targets());
                case "/api/v1/rules" ->
                    PrometheusJson.success(new RuleStates(queries, interval, configuration, clock.instant()).all());
                case "/api/v1/status/config" -> PrometheusJson.success(object("yaml", configuration.text()));
                case "/api/v1/status/buildinfo" -> PrometheusJson.success(object("version", "2.42.0"));
                default -> Reply.text(404, "404 page not found\n");
            };
        } catch (PromqlException e) {
            return e.badData()
                    ? PrometheusJson.error(400, "bad_data", "invalid parameter \"query\": " + e.getMessage())
                    : PrometheusJson.error(422, "execution", String.valueOf(e.getMessage()));
        } catch (BadParameter e) {
            return PrometheusJson.error(400, "bad_data", String.valueOf(e.getMessage()));
        }
    }

    private Reply reload(Call call) {
        if (!call.method().equals("POST") && !call.method().equals("PUT")) {
            return Reply.text(405, "Only POST or PUT requests allowed");
        }
        String problem = reload();
        return problem.isEmpty() ? Reply.text(200, "") : Reply.text(500, problem + "\n");
    }

    private Reply query(Call call) {
        long at = time(call, "time", clock.instant());
        return PrometheusJson.success(
                PrometheusJson.result(queries.at(Parser.parse(parameter(call, "query")), at), at));
    }

    private Reply queryRange(Call call) {
        long start = time(call, "start", null);
        long end = time(call, "end", null);
        long step = (long) (number("step", parameter(call, "step")) * 1000);
        if (end < start) {
            throw new BadParameter("invalid parameter \"end\": end timestamp must not be before start time");
        }
        if (step <= 0) {
            throw new BadParameter("invalid parameter \"step\": zero or negative query resolution step widths are not"
                    + " accepted. Try a positive integer");
        }
        if ((end - start) / step > MOST_POINTS) {
            throw new BadParameter(
                    "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query"
                            + " resolution (?step=XX)");
        }
        return PrometheusJson.success(PrometheusJson.matrix(queries.over(parameter(call, "query"), start, end, step)));
    }

    private ObjectNode targets() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode active = data.putArray("activeTargets");
        data.putArray("droppedTargets");
        Instant now = clock.instant();
        TargetHealth health = new TargetHealth(log, now);
        for (Series series : source.series()) {
            if (series.name().equals("up")
                    && configuration.jobs().contains(series.labels().getOrDefault("job", ""))
                    && series.value().at(now).isPresent()) {
                active.add(health.of(series));
            }
        }
        return data;
    }

    private static String parameter(Call call, String name) {
        String value = call.parameters().get(name);
        if (value == null) {
            throw new BadParameter("invalid parameter \"" + name + "\": it is missing");
        }
        return value;
    }

    private static long time(Call call, String name, @Nullable Instant usual) {
        String text = call.parameters().get(name);
        if (text == null && usual != null) {
            return usual.toEpochMilli();
        }
        String given = parameter(call, name);
        try {
            return given.contains("T")
                    ? Instant.parse(given).toEpochMilli()
                    : new BigDecimal(given).movePointRight(3).longValue();
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new BadParameter(
                    "invalid parameter \"" + name + "\": cannot parse \"" + given + "\" to a valid timestamp");
        }
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new BadParameter(
                    "invalid parameter \"" + name + "\": cannot parse \"" + text + "\" to a valid duration");
        }
    }

    private static ObjectNode object(String name, String value) {
        return JsonNodeFactory.instance.objectNode().put(name, value);
    }

    @Override
    public void close() {
        api.close();
    }

    /** A parameter that Prometheus would refuse. */
    private static final class BadParameter extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadParameter(String message) {
            super(message);
        }
    }
}
