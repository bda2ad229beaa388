package io.longwatch.sandbox.prometheus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.sandbox.prometheus.LoopbackApi.Reply;
import io.longwatch.sandbox.prometheus.promql.Labels;
import io.longwatch.sandbox.prometheus.promql.Value;
import io.longwatch.sandbox.prometheus.promql.Value.Run;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/** Values and answers as Prometheus writes them. */
final class PrometheusJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PrometheusJson() {}

    static Reply success(ObjectNode data) {
        ObjectNode body = NODES.objectNode().put("status", "success");
        body.set("data", data);
        return Reply.json(200, body.toString());
    }

    static Reply error(int status, String type, String message) {
        ObjectNode body =
                NODES.objectNode().put("status", "error").put("errorType", type).put("error", message);
        return Reply.json(status, body.toString());
    }

    static ObjectNode result(Value value, long instant) {
        if (value instanceof Value.Scalar scalar) {
            return typed("scalar", sample(instant, scalar.number()));
        }
        if (value instanceof Value.Text text) {
            return typed("string", NODES.arrayNode().add(seconds(instant)).add(text.text()));
        }
        if (value instanceof Value.Vector vector) {
            ArrayNode result = NODES.arrayNode();
            vector.points().stream()
                    .sorted(Comparator.comparing(point -> point.labels().toString()))
                    .forEach(point -> result.addObject()
                            .<ObjectNode>set("metric", metric(point.labels()))
                            .set("value", sample(instant, point.number())));
            return typed("vector", result);
        }
        return matrix(((Value.Matrix) value).runs());
    }

    static ObjectNode matrix(List<Run> runs) {
        ArrayNode result = NODES.arrayNode();
        runs.stream()
                .sorted(Comparator.comparing(run -> run.labels().toString()))
                .forEach(run -> {
                    ArrayNode values = NODES.arrayNode();
                    for (int i = 0; i < run.times().length; i++) {
                        values.add(sample(run.times()[i], run.numbers()[i]));
                    }
                    result.addObject()
                            .<ObjectNode>set("metric", metric(run.labels()))
                            .set("values", values);
                });
        return typed("matrix", result);
    }

    private static ObjectNode typed(String type, ArrayNode result) {
        return NODES.objectNode().put("resultType", type).set("result", result);
    }

    private static ObjectNode metric(Labels labels) {
        return MAPPER.valueToTree(labels.all());
    }

    private static ArrayNode sample(long instant, double number) {
        return NODES.arrayNode().add(seconds(instant)).add(number(number));
    }

    private static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).stripTrailingZeros().setScale(millis % 1000 == 0 ? 0 : 3);
    }

    static String number(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        BigDecimal plain = BigDecimal.valueOf(number);
        return plain.signum() == 0 ? "0" : plain.stripTrailingZeros().toPlainString();
    }
}
