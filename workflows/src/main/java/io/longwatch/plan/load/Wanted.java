package io.longwatch.plan.load;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import io.longwatch.expression.ScopeTypes;
import java.lang.reflect.Type;
import java.util.Locale;

/** The type that an expression must give at its place. */
final class Wanted {
    static final Wanted ANYTHING = new Wanted(SimpleType.DYN);
    static final Wanted CONDITION = new Wanted(SimpleType.BOOL);
    static final Wanted NUMBER = new Wanted(SimpleType.DOUBLE);

    private final CelType type;

    private Wanted(CelType type) {
        this.type = type;
    }

    /** What an input of that Java type takes. */
    static Wanted of(Type type) {
        return new Wanted(ScopeTypes.typeOf(type));
    }

    boolean accepts(CelType given) {
        return accepts(type, given);
    }

    private static boolean accepts(CelType wanted, CelType given) {
        CelType bareWanted = bare(wanted);
        CelType bareGiven = bare(given);
        if (bareWanted.equals(SimpleType.DYN) || bareGiven.equals(SimpleType.DYN) || bareWanted.equals(bareGiven)) {
            return true;
        }
        if (bareWanted.equals(SimpleType.DOUBLE)) {
            return bareGiven.equals(SimpleType.INT) || bareGiven.equals(SimpleType.UINT);
        }
        if (bareWanted instanceof ListType list && bareGiven instanceof ListType givenList) {
            return !list.hasElemType() || !givenList.hasElemType() || accepts(list.elemType(), givenList.elemType());
        }
        if (bareWanted instanceof MapType map && bareGiven instanceof MapType givenMap) {
            return accepts(map.valueType(), givenMap.valueType());
        }
        return (bareWanted.kind() == CelKind.STRUCT && bareGiven.kind() == CelKind.MAP)
                || bareWanted.isAssignableFrom(bareGiven);
    }

    private static CelType bare(CelType type) {
        return type instanceof NullableType nullable ? nullable.targetType() : type;
    }

    @Override
    public String toString() {
        return type.equals(SimpleType.DOUBLE) ? "number" : wordsOf(type);
    }

    /** A type's short name: bool, duration, list(string). */
    static String wordsOf(CelType type) {
        CelType bare = bare(type);
        if (bare instanceof ListType list && list.hasElemType()) {
            return "list(" + wordsOf(list.elemType()) + ")";
        }
        if (bare.kind() == CelKind.STRUCT) {
            return bare.name().substring(bare.name().lastIndexOf('.') + 1);
        }
        return bare.kind().name().toLowerCase(Locale.ROOT).replace("null_type", "null");
    }
}
