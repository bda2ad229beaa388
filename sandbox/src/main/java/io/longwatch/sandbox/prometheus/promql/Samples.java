package io.longwatch.sandbox.prometheus.promql;

import java.util.List;

/** Where samples come from. Instants are milliseconds since the epoch. */
public interface Samples {
    /** The newest sample of each matching series at an instant, at most five minutes old and not stale. */
    List<Value.Point> at(Expr.Selector selector, long instant);

    /** All samples of matching series from one instant to another, both included; series without any are left out. */
    List<Value.Run> between(Expr.Selector selector, long from, long to);
}
