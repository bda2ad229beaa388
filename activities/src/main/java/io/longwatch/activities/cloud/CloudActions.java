package io.longwatch.activities.cloud;

import io.longwatch.actions.cloud.CloudActivities;
import io.longwatch.actions.cloud.DescribeInput;
import io.longwatch.actions.cloud.DescribeResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Probing;
import io.longwatch.activities.connection.Secret;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.temporal.failure.ApplicationFailure;
import java.util.Locale;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.rds.RdsClient;

/** Cloud resources for an environment's steps: finds the connection, asks the provider, names what went wrong. */
public final class CloudActions implements CloudActivities, Probing {
    private static final int FEW = 20;

    private final ActionContext context;

    public CloudActions(ActionContext context) {
        this.context = context;
    }

    @Override
    public DescribeResult describe(StepRef step, DescribeInput input) {
        CloudConnection connection = context.connections().get(CloudConnection.class, input.connection());
        return guarded(
                connection,
                input.type().written() + " '" + input.id() + "' in " + connection.region(),
                () -> describe(new Clients(connection), input));
    }

    private static <R> R guarded(CloudConnection connection, String what, Supplier<R> call) {
        try {
            return call.get();
        } catch (Secret.SecretMissing e) {
            throw e.failure("credentials of AWS " + connection.region());
        } catch (AwsServiceException e) {
            throw answer(what, e);
        } catch (SdkClientException e) {
            throw problem(connection, e);
        }
    }

    @Override
    public String kind() {
        return CloudConnection.KIND;
    }

    /** Lists databases, which the role that describes resources may. */
    @Override
    public String probe(String connection) {
        CloudConnection found = context.connections().get(CloudConnection.class, connection);
        return guarded(found, "list of AWS::RDS::DBInstance in " + found.region(), () -> {
            try (RdsClient rds = new Clients(found).client(RdsClient.builder())) {
                int databases = rds.describeDBInstances(request -> request.maxRecords(FEW))
                        .dbInstances()
                        .size();
                return "AWS " + found.region() + " answers, " + databases + " databases seen";
            }
        });
    }

    private static DescribeResult describe(Clients clients, DescribeInput input) {
        return switch (input.type()) {
            case RDS_DB_INSTANCE -> new Database(clients, input).run();
            case ELASTICACHE_CACHE_CLUSTER -> new Cache(clients, input).cluster();
            case ELASTICACHE_REPLICATION_GROUP -> new Cache(clients, input).replicationGroup();
            case MSK_CLUSTER -> new Broker(clients, input).run();
        };
    }

    private static ApplicationFailure answer(String what, AwsServiceException e) {
        String code = e.awsErrorDetails() == null
                ? e.getClass().getSimpleName()
                : String.valueOf(e.awsErrorDetails().errorCode());
        String said = what + ": AWS answered " + code + ", " + e.getMessage();
        if (e.isThrottlingException() || e.statusCode() == 429 || e.statusCode() >= 500) {
            return Failures.unavailable(said, e);
        }
        if (e.statusCode() == 404 || code.contains("NotFound")) {
            return Failures.notFound(what + " does not exist; correct its id, or the connection's region");
        }
        return speaksOfPermission(code, e.statusCode()) ? Failures.denied(said, e) : Failures.failed(said, e);
    }

    private static boolean speaksOfPermission(String code, int status) {
        String name = code.toLowerCase(Locale.ROOT);
        return status == 401
                || status == 403
                || name.contains("accessdenied")
                || name.contains("token")
                || name.contains("unauthorized");
    }

    private static ApplicationFailure problem(CloudConnection connection, SdkClientException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("Unable to load credentials")
                ? Failures.denied(
                        "no credentials for AWS " + connection.region()
                                + "; give the worker an identity, or the connection an access key",
                        e)
                : Failures.unavailable("AWS " + connection.region() + " did not answer: " + message, e);
    }
}
