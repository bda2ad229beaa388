package io.longwatch.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.parser.CelUnparserFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CEL as plans use it. Step ids keep their hyphens, {@code steps.second-node.result}: they are read as one name, at the
 * same width, so that positions in messages stay true.
 */
public final class Expressions {
    /** Variables a plan's expressions may speak of. */
    public static final List<String> VARIABLES = List.of("params", "release", "steps", "baseline", "result");

    private static final CelOptions OPTIONS =
            CelOptions.current().enableHeterogeneousNumericComparisons(true).build();
    private static final Pattern STEP = Pattern.compile("\\bsteps\\.([a-z][a-z0-9]*(?:-[a-z0-9]+)*)");
    private static final Pattern LITERAL = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'");
    private static final int MOST_PROGRAMS = 4096;

    private static final CelTypeProvider NO_STRUCTS = new Structs(ImmutableMap.of());
    private static final ImmutableMap<String, CelType> UNTYPED =
            VARIABLES.stream().collect(ImmutableMap.toImmutableMap(name -> name, name -> SimpleType.DYN));

    private final CelParser parser;
    private final CelRuntime runtime;
    private final Map<String, CelRuntime.Program> programs = new ConcurrentHashMap<>();

    private static final Expressions SHARED = new Expressions();

    /**
     * One engine for a whole process: what it keeps are compiled programs, a pure function of their source. Workers touch
     * it at their start, so that no workflow task pays for loading CEL.
     */
    public static Expressions shared() {
        return SHARED;
    }

    private Expressions() {
        parser = CelParserFactory.standardCelParserBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.strings(), CelExtensions.math())
                .build();
        runtime = CelRuntimeFactory.legacyCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .addLibraries(CelExtensions.strings(), CelExtensions.math())
                .build();
    }

    /**
     * Evaluates over plain values.
     *
     * @param source the expression
     * @param scope values by variable, as {@link Values#toCel} makes them
     * @throws ExpressionFailed if it does not parse or evaluate; the message quotes it
     */
    public Object evaluate(String source, Map<String, Object> scope) {
        try {
            return program(source).eval(scope);
        } catch (CelEvaluationException | CelValidationException e) {
            throw new ExpressionFailed(source, e);
        }
    }

    /**
     * Evaluates a condition.
     *
     * @throws ExpressionFailed also if it gives no boolean
     */
    public boolean holds(String condition, Map<String, Object> scope) {
        Object value = evaluate(condition, scope);
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new ExpressionFailed(condition, "gives " + Values.toText(value) + ", not true or false");
    }

    private CelRuntime.Program program(String source) throws CelValidationException, CelEvaluationException {
        CelRuntime.Program known = programs.get(source);
        if (known != null) {
            return known;
        }
        CelAbstractSyntaxTree tree = parser.parse(stepNames(source)).getAst();
        CelRuntime.Program made = runtime.createProgram(
                Checkers.of(tree, OPTIONS, NO_STRUCTS, UNTYPED).check(tree).getAst());
        if (programs.size() >= MOST_PROGRAMS) {
            programs.clear();
        }
        programs.put(source, made);
        return made;
    }

    /** An expression's syntax tree, for tools; empty if it does not parse. */
    public static Optional<CelExpr> parse(String source) {
        CelValidationResult result = SHARED.parser.parse(stepNames(source));
        return result.hasError() ? Optional.empty() : Optional.of(treeOf(result).getExpr());
    }

    /** A part of a syntax tree as an expression again. */
    public static String unparse(CelExpr part) {
        return CelUnparserFactory.newUnparser()
                .unparse(CelAbstractSyntaxTree.newParsedAst(
                        part, CelSource.newBuilder().build()));
    }

    /** Ids of the steps an expression speaks of. */
    public static SortedSet<String> stepsIn(String source) {
        SortedSet<String> ids = new TreeSet<>();
        Matcher matcher = STEP.matcher(withoutLiterals(source));
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }

    /** The name under which a step stands in the scope. */
    public static String variableOf(String stepId) {
        return stepId.replace('-', '_');
    }

    /**
     * Checks an expression against types.
     *
     * @param source the expression
     * @param types what each variable is
     * @param wanted type it must give, or empty for any
     * @return every problem, at its offset in the expression; empty if it is sound
     */
    public static List<Problem> check(String source, ScopeTypes types, Optional<CelType> wanted) {
        Typed typed = typed(source, types);
        if (typed.type().isEmpty()) {
            return typed.problems();
        }
        CelType given = typed.type().get();
        boolean fits =
                wanted.isEmpty() || given.equals(SimpleType.DYN) || wanted.get().isAssignableFrom(given);
        return fits
                ? List.of()
                : List.of(new Problem(
                        1,
                        0,
                        "gives " + given.name() + ", wanted " + wanted.get().name()));
    }

    /**
     * Finds an expression's type.
     *
     * @param source the expression
     * @param types what each variable is
     */
    public static Typed typed(String source, ScopeTypes types) {
        CelValidationResult parsed = SHARED.parser.parse(stepNames(source));
        if (parsed.hasError()) {
            return new Typed(problemsOf(parsed), Optional.empty(), Optional.empty());
        }
        CelAbstractSyntaxTree tree = treeOf(parsed);
        CelTypeProvider structs = new Structs(ImmutableMap.copyOf(types.structs()));
        CelValidationResult checked =
                Checkers.of(tree, OPTIONS, structs, types.variables()).check(tree);
        return checked.hasError()
                ? new Typed(problemsOf(checked), Optional.empty(), Optional.of(tree))
                : new Typed(List.of(), Optional.of(treeOf(checked).getResultType()), Optional.of(tree));
    }

    private static List<Problem> problemsOf(CelValidationResult result) {
        return result.getErrors().stream().map(Problem::of).toList();
    }

    private static CelAbstractSyntaxTree treeOf(CelValidationResult result) {
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new IllegalStateException("no errors, yet no tree", e);
        }
    }

    private static String stepNames(String source) {
        Matcher matcher = STEP.matcher(withoutLiterals(source));
        StringBuilder renamed = new StringBuilder(source);
        while (matcher.find()) {
            renamed.replace(matcher.start(1), matcher.end(1), variableOf(matcher.group(1)));
        }
        return renamed.toString();
    }

    /** The expression with its string literals blanked, at the same width. */
    public static String withoutLiterals(String source) {
        return LITERAL.matcher(source)
                .replaceAll(match -> " ".repeat(match.group().length()));
    }

    /**
     * An expression's type, or what is wrong with it.
     *
     * @param problems empty if it is sound
     * @param type what it gives; empty if it is not sound
     * @param tree its syntax with the places of its parts; empty if it does not parse
     */
    public record Typed(List<Problem> problems, Optional<CelType> type, Optional<CelAbstractSyntaxTree> tree) {
        public Typed {
            problems = List.copyOf(problems);
        }
    }

    /**
     * What is wrong in an expression.
     *
     * @param line from 1
     * @param column from 0
     * @param message in CEL's words
     */
    public record Problem(int line, int column, String message) {
        static Problem of(CelIssue issue) {
            return new Problem(
                    issue.getSourceLocation().getLine(),
                    issue.getSourceLocation().getColumn(),
                    issue.getMessage());
        }
    }

    private record Structs(ImmutableMap<String, StructType> byName) implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.copyOf(byName.values());
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(byName.get(name));
        }
    }
}
