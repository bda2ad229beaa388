package io.longwatch.worker.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One JSON object a line: {@code time}, {@code level}, {@code logger}, {@code thread}, {@code message}, then release, step
 * and whatever else the line is about, as fields of their own, then the exception. Values are text, numbers, truths, or
 * lists of these; of anything else its words.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final int LONGEST_STACK = 8000;

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", event.getInstant().toString());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("thread", event.getThreadName());
        line.put("message", event.getFormattedMessage());
        new TreeMap<>(event.getMDCPropertyMap()).forEach(line::putIfAbsent);
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> line.putIfAbsent(pair.key, plain(pair.value)));
        }
        IThrowableProxy problem = event.getThrowableProxy();
        if (problem != null) {
            line.put("exception", problem.getClassName());
            line.put("stack", cut(ThrowableProxyUtil.asString(problem)));
        }
        return (written(line) + "\n").getBytes(UTF_8);
    }

    private static Object plain(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Iterable<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(each -> plain.add(plain(each)));
            return plain;
        }
        return String.valueOf(value);
    }

    private static String cut(String stack) {
        return stack.length() <= LONGEST_STACK ? stack : stack.substring(0, LONGEST_STACK) + "...";
    }

    private static String written(Map<String, Object> line) {
        try {
            return MAPPER.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line of plain values cannot be written", e);
        }
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
