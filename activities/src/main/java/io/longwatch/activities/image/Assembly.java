package io.longwatch.activities.image;

import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.git.Checkout;
import java.io.IOException;

/** A way to make an image of a checkout and push it. */
interface Assembly {
    void push(Recipe recipe, Checkout checkout, Invocation invocation) throws IOException, InterruptedException;
}
