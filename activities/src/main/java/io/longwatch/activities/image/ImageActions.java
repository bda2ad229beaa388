package io.longwatch.activities.image;

import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.http.ResponseException;
import com.google.cloud.tools.jib.registry.RegistryCredentialsNotSentException;
import io.longwatch.actions.image.BuildBefore;
import io.longwatch.actions.image.BuildInput;
import io.longwatch.actions.image.BuildResult;
import io.longwatch.actions.image.Builder;
import io.longwatch.actions.image.ImageActivities;
import io.longwatch.actions.image.InspectInput;
import io.longwatch.actions.image.InspectResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Probing;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.git.GitConnection;
import io.longwatch.activities.text.Reason;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Images for an environment's steps: finds registry and source, runs the action, names what went wrong. */
public final class ImageActions implements ImageActivities, Probing {
    /** Codes of the distribution specification: https://github.com/opencontainers/distribution-spec. */
    private static final List<String> BLOBS_UNDER_WAY =
            List.of("MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN", "BLOB_UPLOAD_UNKNOWN", "DIGEST_INVALID");

    private final ActionContext context;

    public ImageActions(ActionContext context) {
        this.context = context;
    }

    @Override
    public BuildBefore buildBefore(StepRef step, BuildInput input) {
        return on(input.connection(), registry -> {
            Recipe recipe = new Recipe(step, input, registry.connection());
            return Image.look(registry, recipe.reference(), input.platformOrDefault())
                    .map(image -> new BuildBefore(image.digest(), image.revision()))
                    .orElseGet(() -> new BuildBefore(null, null));
        });
    }

    @Override
    public BuildResult build(StepRef step, BuildInput input, BuildBefore before) {
        GitConnection source = context.connections().get(GitConnection.class, input.source());
        return on(input.connection(), registry -> {
            Recipe recipe = new Recipe(step, input, registry.connection());
            return new Build(recipe, registry, source, assembly(input.builderOrDefault()), context.invocation()).run();
        });
    }

    @Override
    public String kind() {
        return RegistryConnection.KIND;
    }

    @Override
    public String probe(String connection) {
        return on(connection, registry -> {
            registry.greet();
            return "registry " + registry.connection().host() + " answers"
                    + (registry.connection().user() == null
                            ? ""
                            : " " + registry.connection().user());
        });
    }

    private static Assembly assembly(Builder builder) {
        String tool = builder.name().toLowerCase(Locale.ROOT);
        return builder == Builder.JIB ? new JibAssembly() : new EngineAssembly(tool, tool);
    }

    @Override
    public UndoResult undoBuild(StepRef step, BuildInput input, BuildBefore before, @Nullable BuildResult result) {
        return on(input.connection(), registry -> {
            Recipe recipe = new Recipe(step, input, registry.connection());
            return new UndoBuild(recipe, registry, context.invocation()).run(before);
        });
    }

    @Override
    public InspectResult inspect(StepRef step, InspectInput input) {
        return on(input.connection(), registry -> new Inspect(registry, input).run());
    }

    /** What an action does with a registry. */
    private interface Work<R> {
        R on(Registry registry) throws IOException, InterruptedException;
    }

    private <R> R on(@Nullable String name, Work<R> work) {
        RegistryConnection connection = context.connections().get(RegistryConnection.class, name);
        try {
            return work.on(new Registry(connection));
        } catch (Secret.SecretMissing e) {
            throw e.failure("password of registry " + connection.host());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.unavailable("the worker stopped while it spoke to registry " + connection.host(), e);
        } catch (RegistryRefusal e) {
            throw refusal(e.status(), String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw problem(connection, e);
        }
    }

    private static ApplicationFailure refusal(int status, String message, IOException e) {
        return switch (status) {
            case 401, 403 -> Failures.denied(message, e);
            case 404 -> Failures.notFound(message);
            case 408, 429 -> Failures.unavailable(message, e);
            default -> status >= 500 ? Failures.unavailable(message, e) : Failures.failed(message, e);
        };
    }

    private static String reason(IOException e) {
        Throwable told = e;
        while (told.getMessage() == null && told.getCause() != null) {
            told = told.getCause();
        }
        return Reason.of(told);
    }

    /** A manifest whose blobs are not there: another attempt is uploading them, and the next finds them. */
    private static boolean isUnderWay(ResponseException answer) {
        String content = String.valueOf(answer.getContent());
        return BLOBS_UNDER_WAY.stream().anyMatch(content::contains);
    }

    private static ApplicationFailure problem(RegistryConnection connection, IOException e) {
        String message = "registry " + connection.host() + " did not serve: " + reason(e);
        if (e.getCause() instanceof RegistryUnauthorizedException refused) {
            return Failures.denied(
                    "registry " + connection.host() + " refused the credentials for " + refused.getImageReference(), e);
        }
        if (e.getCause() instanceof RegistryCredentialsNotSentException) {
            return Failures.denied(
                    "registry " + connection.host() + " asks for credentials, and jib sends none over plain HTTP; serve"
                            + " it by TLS, or use another builder",
                    e);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResponseException answer && isUnderWay(answer)) {
                return Failures.unavailable(message, e);
            }
            if (cause instanceof ResponseException answer) {
                return refusal(answer.getStatusCode(), message, e);
            }
        }
        return Failures.unavailable(message, e);
    }
}
