package io.longwatch.plan.load;

import io.longwatch.plan.Ask;
import io.longwatch.plan.Contact;
import io.longwatch.plan.Outcome;
import io.longwatch.plan.Parameter;
import io.longwatch.plan.Phase;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Role;
import io.longwatch.plan.Rollback;
import io.longwatch.plan.SignOff;
import io.longwatch.plan.Soak;
import io.longwatch.plan.Source;
import io.longwatch.plan.load.Declared.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the whole of a plan, part by part. */
final class PlanReader {
    private static final Duration SIGNING = Duration.ofHours(24);
    private static final Rollback NO_ROLLBACK = new Rollback(List.of(), List.of(), List.of());

    private final Reading reading;
    private final Fields fields;

    PlanReader(Reading reading, Located.Mapping plan) {
        this.reading = reading;
        this.fields = new Fields(reading, "the plan", plan).knowing("apiVersion", "kind", "parameters");
    }

    ReleasePlan read(List<Parameter> parameters) {
        String service = name("service");
        String environment = name("environment");
        String title = fields.text("title");
        readRoles();
        @Nullable
        Source source = fields.optional("source")
                .flatMap(node -> Fields.of(reading, "source", node))
                .map(inner -> new SourceReader(inner).read())
                .orElse(null);
        ReleasePlan plan = new ReleasePlan(
                service,
                environment,
                title,
                fields.optionalText("description"),
                source,
                parameters,
                reading.roles().all(),
                contacts(),
                fields.optionalText("channel"),
                fields.duration("latestStart", ReleasePlan.DEFAULT_LATEST_START),
                fields.optional("ask")
                        .flatMap(node -> Fields.of(reading, "ask", node))
                        .map(PlanReader::ask)
                        .orElse(null),
                phases(),
                soak(),
                fields.optional("rollback")
                        .flatMap(node -> new RollbackReader(reading).read(node))
                        .orElse(NO_ROLLBACK),
                signOffs());
        fields.done();
        return plan;
    }

    private static Ask ask(Fields fields) {
        Optional<Outcome> outcome = fields.choice("onDeadline", Outcome.class);
        outcome.filter(chosen -> chosen == Outcome.HOLD || chosen == Outcome.CONTINUE)
                .ifPresent(chosen -> fields.error(
                        fields.node().get("onDeadline").orElse(fields.node()).position(),
                        ": onDeadline is what follows when nobody says what to do about a failed step; write abort or"
                                + " rollback"));
        Ask ask = new Ask(fields.optionalDuration("deadline").orElse(null), outcome.orElse(null));
        fields.done();
        return ask;
    }

    private String name(String field) {
        Optional<Located.Scalar> name = fields.plainText(field);
        name.filter(scalar -> !scalar.text().matches("[a-z][a-z0-9-]{0,62}")
                        && !scalar.text().contains("${{"))
                .ifPresent(scalar -> fields.error(
                        scalar.position(),
                        ": " + field + " '" + scalar.text()
                                + "' is not a name; write lower-case letters, digits and hyphens"));
        return name.map(Located.Scalar::text).orElse("");
    }

    private void readRoles() {
        for (Located.Entry entry : fields.entries("roles")) {
            String label = "role '" + entry.name() + "'";
            Ids.checkForm(fields.calledAs(label), entry.key());
            reading.roles()
                    .declare(
                            new Role(entry.name(), roleTitle(label, entry)),
                            entry.key().position());
        }
    }

    private String roleTitle(String label, Located.Entry entry) {
        if (entry.value() instanceof Located.Scalar scalar) {
            Fields role = fields.calledAs(label);
            return role.filledIn("title", role.textScalar("title", Optional.of(scalar)))
                    .orElse("");
        }
        Optional<Fields> inner = Fields.of(reading, label, entry.value());
        String title = inner.map(role -> role.text("title")).orElse("");
        inner.ifPresent(Fields::done);
        return title;
    }

    private List<Contact> contacts() {
        return fields.list("contacts").stream()
                .flatMap(node -> Fields.of(reading, "a contact", node).stream())
                .map(PlanReader::contact)
                .toList();
    }

    private static Contact contact(Fields fields) {
        Contact contact = new Contact(fields.text("name"), fields.optionalRole("role"), fields.text("reach"));
        fields.done();
        return contact;
    }

    private List<Phase> phases() {
        Optional<Located> section = fields.required("phases");
        PhaseOrder order = new PhaseOrder(reading.problems());
        for (Located node : fields.list("phases")) {
            order.add(new PhaseReader(reading).read(node), node);
        }
        if (section.isPresent() && section.get() instanceof Located.Sequence) {
            order.check(fields.node().entry("phases").orElseThrow().key().position());
        }
        return order.phases();
    }

    private @Nullable Soak soak() {
        return fields.optional("soak")
                .flatMap(node -> new SoakReader(reading).read(node))
                .orElse(null);
    }

    private List<SignOff> signOffs() {
        return fields.list("signOffs").stream()
                .flatMap(node -> Fields.of(reading, signOffLabel(node), node).stream())
                .map(this::signOff)
                .toList();
    }

    private static String signOffLabel(Located node) {
        return node instanceof Located.Mapping mapping ? Ids.label(Kind.SIGN_OFF, mapping) : "a sign-off";
    }

    private SignOff signOff(Fields signOff) {
        SignOff read = new SignOff(
                Ids.read(signOff),
                signOff.text("title"),
                signOff.role("role"),
                signOff.duration("deadline", SIGNING),
                signOff.choice("onDeadline", Outcome.class).orElse(Outcome.CONTINUE),
                signOff.covers(reading.index().placeOf(signOff.node())));
        signOff.done();
        return read;
    }
}
