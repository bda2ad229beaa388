package io.longwatch.expression;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.checker.CelChecker;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelVarDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Type checkers that know of CEL's functions only those that an expression calls. A checker declares its functions anew at
 * every check, which takes several times as long as the check itself.
 */
final class Checkers {
    private static final ImmutableList<CelFunctionDecl> EXTENSIONS = Stream.of(
                    CelExtensions.strings().functions(), CelExtensions.math().functions())
            .flatMap(ImmutableSet::stream)
            .collect(ImmutableList.toImmutableList());

    private Checkers() {}

    /**
     * A checker for one expression.
     *
     * @param tree the expression, parsed
     * @param structs types that variables may have besides CEL's own
     * @param variables types by name
     */
    static CelChecker of(
            CelAbstractSyntaxTree tree, CelOptions options, CelTypeProvider structs, Map<String, CelType> variables) {
        Set<String> called = called(tree);
        CelCheckerBuilder checker = CelCompilerFactory.standardCelCheckerBuilder()
                .setOptions(options)
                .setTypeProvider(structs)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .filterFunctions((function, overload) -> called.contains(function.functionName()))
                        .build());
        EXTENSIONS.stream()
                .filter(function -> called.contains(function.name()))
                .forEach(checker::addFunctionDeclarations);
        variables.forEach((name, type) -> checker.addVarDeclarations(CelVarDecl.newVarDeclaration(name, type)));
        return checker.build();
    }

    private static Set<String> called(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
                .flatMap(node -> names(node.expr().call()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a call may mean: a function of that name, or one of a namespace, as {@code math.abs} is. */
    private static Stream<String> names(CelExpr.CelCall call) {
        Stream<String> qualified =
                call.target().flatMap(Checkers::qualified).stream().map(namespace -> namespace + "." + call.function());
        return Stream.concat(Stream.of(call.function()), qualified);
    }

    private static Optional<String> qualified(CelExpr part) {
        return switch (part.getKind()) {
            case IDENT -> Optional.of(part.ident().name());
            case SELECT ->
                qualified(part.select().operand())
                        .map(operand -> operand + "." + part.select().field());
            default -> Optional.empty();
        };
    }
}
