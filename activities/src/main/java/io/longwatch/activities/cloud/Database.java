package io.longwatch.activities.cloud;

import io.longwatch.actions.cloud.DescribeInput;
import io.longwatch.actions.cloud.DescribeResult;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Endpoint;

/** A database instance of RDS. A standby in another zone is no node of its own. */
final class Database {
    private final Clients clients;
    private final DescribeInput input;

    Database(Clients clients, DescribeInput input) {
        this.clients = clients;
        this.input = input;
    }

    DescribeResult run() {
        try (RdsClient rds = clients.client(RdsClient.builder())) {
            DBInstance instance =
                    rds.describeDBInstances(request -> request.dbInstanceIdentifier(input.id())).dbInstances().stream()
                            .findFirst()
                            .orElseThrow(() -> DbInstanceNotFoundException.builder()
                                    .message("no instance " + input.id())
                                    .build());
            Endpoint endpoint = instance.endpoint();
            return new Description(input, instance.dbInstanceStatus())
                    .of(instance.dbInstanceClass(), instance.engine(), instance.engineVersion())
                    .at(endpoint == null ? null : endpoint.address(), endpoint == null ? null : endpoint.port())
                    .multiAz(instance.multiAZ())
                    .encrypted(instance.storageEncrypted())
                    .result(instance.dbInstanceIdentifier());
        }
    }
}
