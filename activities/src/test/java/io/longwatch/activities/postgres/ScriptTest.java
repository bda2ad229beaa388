package io.longwatch.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
    @Test
    void statementsEndAtSemicolonsOutsideOfTextCommentsAndBodies() {
        // When
        var script = Script.of("""
                -- one; comment
                CREATE TABLE a (t text DEFAULT ';'); /* ; */ CREATE RULE r AS ON DELETE TO a DO (SELECT 1; SELECT 2);
                CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN RETURN 1; END $body$;
                CREATE FUNCTION g(n int) RETURNS int BEGIN ATOMIC SELECT CASE n WHEN 1 THEN 2 END; SELECT 3; END;;
                SELECT 'it''s; so', E'it\\'s; so', ";"
                """);

        // Then
        assertThat(script.statements())
                .extracting(Script.Statement::sql)
                .containsExactly(
                        "CREATE TABLE a (t text DEFAULT ';')",
                        "CREATE RULE r AS ON DELETE TO a DO (SELECT 1; SELECT 2)",
                        "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN RETURN 1; END $body$",
                        "CREATE FUNCTION g(n int) RETURNS int BEGIN ATOMIC SELECT CASE n WHEN 1 THEN 2 END; SELECT 3; END",
                        "SELECT 'it''s; so', E'it\\'s; so', \";\"\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT 1; BEGIN | BEGIN at line 1, column 11
            commit | COMMIT at line 1
            ROLLBACK TO x | ROLLBACK
            PREPARE TRANSACTION foo | PREPARE
            COPY t (a, b) FROM stdin | COPY FROM STDIN
            \\i other.sql | psql
            -- nothing | no statement
            """)
    void whatCannotBePartOfTheTransactionIsInvalid(String sql, String says) {
        // When / Then
        assertThatThrownBy(() -> Script.of(sql)).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo(Failures.INVALID);
            assertThat(failure.getOriginalMessage()).contains(says);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PREPARE p AS SELECT 1", "DO $$ BEGIN NULL; END $$", "COPY t TO STDOUT", "SELECT 'open; text"})
    void whatOnlyLooksLikeItIsLeftToTheServer(String sql) {
        // When / Then
        assertThat(Script.of(sql).statements()).hasSize(1);
    }

    @Test
    void aChecksumIsTheSameWhateverTheLineEnds() {
        // When / Then
        assertThat(Script.checksum("SELECT 1;\r\nSELECT 2;\r\n"))
                .isEqualTo(Script.checksum("SELECT 1;\nSELECT 2;\n"))
                .isNotEqualTo(Script.checksum("SELECT 1;\nSELECT 3;\n"))
                .hasSize(64);
    }
}
