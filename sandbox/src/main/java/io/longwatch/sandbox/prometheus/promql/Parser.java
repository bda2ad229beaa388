package io.longwatch.sandbox.prometheus.promql;

import io.longwatch.sandbox.prometheus.promql.Expr.Matching;
import io.longwatch.sandbox.prometheus.promql.Lexer.Kind;
import io.longwatch.sandbox.prometheus.promql.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads a query by recursive descent, operators by precedence, and checks the types as it goes. */
public final class Parser {
    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
            Map.entry("or", 1),
            Map.entry("and", 2),
            Map.entry("unless", 2),
            Map.entry("==", 3),
            Map.entry("!=", 3),
            Map.entry("<=", 3),
            Map.entry("<", 3),
            Map.entry(">=", 3),
            Map.entry(">", 3),
            Map.entry("+", 4),
            Map.entry("-", 4),
            Map.entry("*", 5),
            Map.entry("/", 5),
            Map.entry("%", 5),
            Map.entry("^", 6));
    private static final int COMPARISON = 3;
    private static final int SET = 2;
    private static final int PRODUCT = 5;
    private static final int POWER = 6;
    private static final Set<String> MATCH_OPERATORS = Set.of("=", "!=", "=~", "!~");

    private final String query;
    private final List<Token> tokens;
    private int next;

    private Parser(String query) {
        this.query = query;
        this.tokens = Lexer.tokens(query);
    }

    /**
     * Reads a query.
     *
     * @throws PromqlException bad data, with line and column, if it is none or uses what is not modelled
     */
    public static Expr parse(String query) {
        Parser parser = new Parser(query);
        if (parser.peek().kind() == Kind.END) {
            throw parser.problem("no expression found in input");
        }
        Expr expr = parser.binary(1);
        if (parser.peek().kind() != Kind.END) {
            throw parser.problem("unexpected " + parser.shown());
        }
        return expr;
    }

    private Expr binary(int lowest) {
        Expr left = unary();
        while (true) {
            Token operator = peek();
            Integer precedence = operator.kind() == Kind.TEXT ? null : PRECEDENCE.get(operator.text());
            if (precedence == null || precedence < lowest) {
                return left;
            }
            next++;
            boolean bool = take("bool");
            Matching matching = matching();
            Expr right = binary(precedence == POWER ? POWER : precedence + 1);
            left = checked(operator, precedence, new Expr.Binary(operator.text(), bool, matching, left, right));
        }
    }

    private Expr checked(Token operator, int precedence, Expr.Binary binary) {
        boolean scalars = binary.left().type() == Type.SCALAR || binary.right().type() == Type.SCALAR;
        for (Expr side : List.of(binary.left(), binary.right())) {
            if (side.type() != Type.SCALAR && side.type() != Type.VECTOR) {
                throw problem(operator, "binary expression must contain only scalar and instant vector types");
            }
        }
        if (binary.bool() && precedence != COMPARISON) {
            throw problem(operator, "bool modifier can only be used on comparison operators");
        }
        if (binary.type() == Type.SCALAR && precedence == COMPARISON && !binary.bool()) {
            throw problem(operator, "comparisons between scalars must use BOOL modifier");
        }
        if (scalars && precedence <= SET) {
            throw problem(
                    operator, "set operator \"" + binary.operator() + "\" not allowed in binary scalar expression");
        }
        if (scalars && binary.matching() != null) {
            throw problem(operator, "vector matching only allowed between instant vectors");
        }
        return binary;
    }

    private @Nullable Matching matching() {
        boolean on = peek().is("on");
        if (!on && !peek().is("ignoring")) {
            return null;
        }
        next++;
        Matching matching = new Matching(on, names());
        if (peek().is("group_left") || peek().is("group_right")) {
            throw problem("this stand-in does not model " + peek().text());
        }
        return matching;
    }

    private Expr unary() {
        if (take("+")) {
            return unary();
        }
        if (!peek().is("-")) {
            return postfix(primary());
        }
        Token sign = tokens.get(next++);
        Expr argument = binary(PRODUCT + 1);
        if (argument.type() != Type.SCALAR && argument.type() != Type.VECTOR) {
            throw problem(
                    sign,
                    "unary expression only allowed on expressions of type scalar or instant vector, got "
                            + argument.type().words());
        }
        return argument instanceof Expr.Literal number
                ? new Expr.Literal(-number.value())
                : new Expr.Negation(argument);
    }

    private Expr postfix(Expr expr) {
        Expr read = expr;
        if (peek().is("[")) {
            Token bracket = tokens.get(next++);
            long range = duration();
            if (peek().text().startsWith(":")) {
                throw problem("this stand-in does not model subqueries");
            }
            expect("]");
            if (!(read instanceof Expr.Selector selector)) {
                throw problem(bracket, "ranges only allowed for vector selectors");
            }
            read = new Expr.Range(selector, range);
        }
        if (peek().is("@")) {
            throw problem("this stand-in does not model the @ modifier");
        }
        return take("offset") ? shifted(read) : read;
    }

    private Expr shifted(Expr expr) {
        if (peek().is("-")) {
            throw problem("this stand-in does not model negative offsets");
        }
        long offset = duration();
        if (expr instanceof Expr.Selector selector) {
            return new Expr.Selector(selector.matchers(), offset);
        }
        if (expr instanceof Expr.Range range) {
            return new Expr.Range(new Expr.Selector(range.selector().matchers(), offset), range.range());
        }
        throw problem("offset modifier must be preceded by an instant vector selector or range vector selector");
    }

    private Expr primary() {
        Token token = tokens.get(next);
        switch (token.kind()) {
            case NUMBER -> {
                next++;
                return new Expr.Literal(number(token.text()));
            }
            case TEXT -> {
                next++;
                return new Expr.Text(Lexer.unquoted(token.text()));
            }
            case NAME -> {
                next++;
                return named(token);
            }
            default -> {
                if (token.is("{")) {
                    return selector(null);
                }
                if (!token.is("(")) {
                    throw problem("unexpected " + shown());
                }
                next++;
                Expr inner = binary(1);
                expect(")");
                return inner;
            }
        }
    }

    private static double number(String text) {
        return text.startsWith("0x") || text.startsWith("0X")
                ? Long.parseLong(text.substring(2), 16)
                : Double.parseDouble(text);
    }

    private Expr named(Token name) {
        String text = name.text();
        if (text.equalsIgnoreCase("inf")) {
            return new Expr.Literal(Double.POSITIVE_INFINITY);
        }
        if (text.equalsIgnoreCase("nan")) {
            return new Expr.Literal(Double.NaN);
        }
        boolean grouped = peek().is("(") || peek().is("by") || peek().is("without");
        if (grouped && Functions.AGGREGATIONS.contains(text)) {
            return aggregation(name);
        }
        if (grouped && Functions.OTHER_AGGREGATIONS.contains(text)) {
            throw problem(name, "this stand-in does not model the aggregation " + text);
        }
        return peek().is("(") ? call(name) : selector(text);
    }

    private Expr aggregation(Token name) {
        boolean before = peek().is("by") || peek().is("without");
        boolean without = peek().is("without");
        List<String> labels = before ? grouping() : List.of();
        List<Expr> arguments = arguments();
        if (!before && (peek().is("by") || peek().is("without"))) {
            without = peek().is("without");
            labels = grouping();
        }
        check(name, List.of(Type.VECTOR), arguments);
        return new Expr.Aggregation(name.text(), without, labels, arguments.get(0));
    }

    private List<String> grouping() {
        next++;
        return names();
    }

    private Expr call(Token name) {
        String function = name.text();
        List<Expr> arguments = arguments();
        List<Type> overRange = Functions.OVER_RANGE.get(function);
        if (overRange != null) {
            check(name, overRange, arguments);
            Expr parameter = null;
            Expr.Range range = null;
            for (Expr argument : arguments) {
                if (argument instanceof Expr.Range found) {
                    range = found;
                } else {
                    parameter = argument;
                }
            }
            if (range == null) {
                throw problem(name, "expected a range vector selector in call to function \"" + function + "\"");
            }
            return new Expr.OverRange(function, range, parameter);
        }
        Functions.Signature signature = Functions.OTHERS.get(function);
        if (signature == null) {
            throw problem(
                    name, "unknown function with name \"" + function + "\", or one that this stand-in does not model");
        }
        check(name, signature.arguments(), arguments);
        return new Expr.Call(function, arguments, signature.result());
    }

    private void check(Token name, List<Type> wanted, List<Expr> given) {
        if (wanted.size() != given.size()) {
            throw problem(
                    name,
                    "expected " + wanted.size() + " argument(s) in call to \"" + name.text() + "\", got "
                            + given.size());
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (given.get(i).type() != wanted.get(i)) {
                throw problem(
                        name,
                        "expected type " + wanted.get(i).words() + " in call to function \"" + name.text() + "\", got "
                                + given.get(i).type().words());
            }
        }
    }

    private List<Expr> arguments() {
        List<Expr> arguments = new ArrayList<>();
        expect("(");
        while (!take(")")) {
            arguments.add(binary(1));
            if (!peek().is(")")) {
                expect(",");
            }
        }
        return arguments;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        expect("(");
        while (!take(")")) {
            names.add(name());
            if (!peek().is(")")) {
                expect(",");
            }
        }
        return names;
    }

    private Expr selector(@Nullable String metric) {
        Token start = peek();
        List<Matcher> matchers = new ArrayList<>();
        if (metric != null) {
            matchers.add(Matcher.of(Labels.NAME, "=", metric));
        }
        if (take("{")) {
            while (!take("}")) {
                matchers.add(matcher());
                if (!peek().is("}")) {
                    expect(",");
                }
            }
        }
        if (matchers.stream().allMatch(Matcher::matchesEmpty)) {
            throw problem(start, "vector selector must contain at least one non-empty matcher");
        }
        return new Expr.Selector(matchers, 0);
    }

    private Matcher matcher() {
        String label = name();
        Token operator = tokens.get(next++);
        if (!MATCH_OPERATORS.contains(operator.text())) {
            throw problem(operator, "unexpected \"" + operator.text() + "\" in label matching, expected = != =~ or !~");
        }
        Token value = tokens.get(next++);
        if (value.kind() != Kind.TEXT) {
            throw problem(value, "unexpected \"" + value.text() + "\" in label matching, expected string");
        }
        try {
            return Matcher.of(label, operator.text(), Lexer.unquoted(value.text()));
        } catch (PatternSyntaxException e) {
            throw problem(value, "error parsing regexp: " + e.getDescription());
        }
    }

    private String name() {
        if (peek().kind() != Kind.NAME) {
            throw problem("unexpected " + shown() + ", expected a label's name");
        }
        return tokens.get(next++).text();
    }

    private long duration() {
        if (peek().kind() != Kind.DURATION) {
            throw problem("unexpected " + shown() + ", expected a duration like 5m");
        }
        long millis = Lexer.millis(peek().text());
        if (millis == 0) {
            throw problem("duration must be greater than 0");
        }
        next++;
        return millis;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private boolean take(String sign) {
        boolean found = peek().is(sign);
        next += found ? 1 : 0;
        return found;
    }

    private void expect(String sign) {
        if (!take(sign)) {
            throw problem("unexpected " + shown() + ", expected \"" + sign + "\"");
        }
    }

    private String shown() {
        return peek().kind() == Kind.END ? "end of input" : "\"" + peek().text() + "\"";
    }

    private PromqlException problem(String what) {
        boolean open = peek().kind() == Kind.END && unclosed("(", ")");
        return problem(peek(), open ? "unclosed left parenthesis" : what);
    }

    private boolean unclosed(String opening, String closing) {
        long opened = tokens.stream().filter(token -> token.is(opening)).count();
        return opened > tokens.stream().filter(token -> token.is(closing)).count();
    }

    private PromqlException problem(Token token, String what) {
        return PromqlException.parse(query, token.position(), what);
    }
}
