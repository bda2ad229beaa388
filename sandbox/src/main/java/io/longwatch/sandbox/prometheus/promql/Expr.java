package io.longwatch.sandbox.prometheus.promql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query's syntax tree. Times and durations are in milliseconds, as Prometheus computes. */
public sealed interface Expr {
    Type type();

    /** A literal. */
    record Literal(double value) implements Expr {
        @Override
        public Type type() {
            return Type.SCALAR;
        }
    }

    /** A literal. */
    record Text(String value) implements Expr {
        @Override
        public Type type() {
            return Type.STRING;
        }
    }

    /** The newest samples of the series that match. */
    record Selector(List<Matcher> matchers, long offset) implements Expr {
        public Selector {
            matchers = List.copyOf(matchers);
        }

        @Override
        public Type type() {
            return Type.VECTOR;
        }

        public boolean matches(Labels labels) {
            return matchers.stream().allMatch(matcher -> matcher.matches(labels));
        }
    }

    /** All samples of a time of the series that match. */
    record Range(Selector selector, long range) implements Expr {
        @Override
        public Type type() {
            return Type.MATRIX;
        }
    }

    /** A function over a range vector. */
    record OverRange(String function, Range range, @Nullable Expr parameter) implements Expr {
        @Override
        public Type type() {
            return Type.VECTOR;
        }
    }

    /** Any other function. */
    record Call(String function, List<Expr> arguments, Type type) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** One figure of many series. */
    record Aggregation(String operator, boolean without, List<String> labels, Expr argument) implements Expr {
        public Aggregation {
            labels = List.copyOf(labels);
        }

        @Override
        public Type type() {
            return Type.VECTOR;
        }
    }

    /** Two sides and an operator. */
    record Binary(String operator, boolean bool, @Nullable Matching matching, Expr left, Expr right) implements Expr {
        @Override
        public Type type() {
            return left.type() == Type.SCALAR && right.type() == Type.SCALAR ? Type.SCALAR : Type.VECTOR;
        }
    }

    /** The other sign. */
    record Negation(Expr argument) implements Expr {
        @Override
        public Type type() {
            return argument.type();
        }
    }

    /** Which labels two vectors must agree in: {@code on} these, or all but these. */
    record Matching(boolean on, List<String> labels) {
        static final Matching ALL = new Matching(false, List.of());

        public Matching {
            labels = List.copyOf(labels);
        }

        Labels key(Labels labelsOfSeries) {
            return on ? labelsOfSeries.only(labels) : labelsOfSeries.nameless().without(labels);
        }
    }
}
