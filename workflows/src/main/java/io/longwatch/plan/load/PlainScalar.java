package io.longwatch.plan.load;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an unquoted scalar is by YAML 1.2's core schema: yes, no and on are text, as are dates and 1:30. */
final class PlainScalar {
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,40}");
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,30}");
    private static final Pattern FRACTION =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,5})?");

    private PlainScalar() {}

    static @Nullable Object valueOf(String text) {
        if (NULL.matcher(text).matches()) {
            return null;
        }
        if (TRUE.matcher(text).matches()) {
            return true;
        }
        if (FALSE.matcher(text).matches()) {
            return false;
        }
        if (WHOLE.matcher(text).matches()) {
            return narrowed(new BigInteger(text));
        }
        if (HEX.matcher(text).matches()) {
            return narrowed(new BigInteger(text.substring(2), 16));
        }
        return FRACTION.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
    }

    /** The narrowest of Integer, Long and BigInteger: the type that JSON would come back as. */
    static Number narrowed(BigInteger number) {
        if (number.bitLength() <= 31) {
            return number.intValue();
        }
        return number.bitLength() <= 63 ? (Number) number.longValue() : number;
    }
}
