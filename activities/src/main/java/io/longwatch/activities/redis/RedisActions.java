package io.longwatch.activities.redis;

import io.longwatch.actions.redis.InfoInput;
import io.longwatch.actions.redis.InfoResult;
import io.longwatch.actions.redis.PingInput;
import io.longwatch.actions.redis.PingResult;
import io.longwatch.actions.redis.RedisActivities;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.temporal.failure.ApplicationFailure;
import java.security.cert.CertificateException;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Redis for an environment's steps: finds the connection, runs the action on it, names what went wrong. */
public final class RedisActions implements RedisActivities {
    private final ActionContext context;

    public RedisActions(ActionContext context) {
        this.context = context;
    }

    @Override
    public PingResult ping(StepRef step, PingInput input) {
        return on(input.connection(), jedis -> new Ping(jedis).run());
    }

    @Override
    public InfoResult info(StepRef step, InfoInput input) {
        return on(input.connection(), jedis -> new Info(jedis).run());
    }

    private <R> R on(@Nullable String name, Function<Jedis, R> action) {
        RedisConnection connection = context.connections().get(RedisConnection.class, name);
        try (Jedis jedis = connect(connection)) {
            return action.apply(jedis);
        } catch (JedisAccessControlException e) {
            throw Failures.denied("Redis at " + connection.uri() + " refused the credentials: " + e.getMessage(), e);
        } catch (JedisDataException e) {
            throw refusal(connection, e);
        } catch (JedisException e) {
            throw silence(connection, e);
        }
    }

    /** A certificate stays wrong; everything else may come back. */
    private static ApplicationFailure silence(RedisConnection connection, JedisException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return Failures.failed(
                        "Redis at " + connection.uri() + " is not trusted under that name: " + cause.getMessage(), e);
            }
        }
        return Failures.unavailable("Redis at " + connection.uri() + " did not answer: " + e.getMessage(), e);
    }

    /** What the server answers with an error: it has no use for the password, does not know the command, or is busy. */
    private static ApplicationFailure refusal(RedisConnection connection, JedisDataException e) {
        String said = String.valueOf(e.getMessage());
        String message = "Redis at " + connection.uri() + " answered: " + said;
        if (said.startsWith("ERR AUTH")) {
            return Failures.denied("Redis at " + connection.uri() + " takes no password; leave it out: " + said, e);
        }
        if (said.startsWith("ERR DB index")) {
            return Failures.invalid(message + "; correct the number at the end of the connection's uri");
        }
        return said.startsWith("ERR unknown command") ? Failures.failed(message, e) : Failures.unavailable(message, e);
    }

    private static Jedis connect(RedisConnection connection) {
        int port = connection.uri().getPort() < 0 ? 6379 : connection.uri().getPort();
        return new Jedis(new HostAndPort(connection.uri().getHost(), port), config(connection));
    }

    static JedisClientConfig config(RedisConnection connection) {
        int timeout = Math.toIntExact(connection.timeout().toMillis());
        var config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(timeout)
                .socketTimeoutMillis(timeout)
                .database(connection.database())
                .ssl("rediss".equals(connection.uri().getScheme()))
                .sslParameters(ofTheHost());
        if (connection.user() != null) {
            config.user(connection.user());
        }
        if (connection.password() != null) {
            config.password(connection.password().reveal());
        }
        return config.build();
    }

    /** Jedis takes any trusted certificate unless it is told to look whose it is. */
    private static SSLParameters ofTheHost() {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }
}
