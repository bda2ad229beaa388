package io.longwatch.plan.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.contract.ActionCatalog;
import io.longwatch.contract.ActionSpec;
import io.longwatch.plan.Outcome;
import io.longwatch.plan.Parameter;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Source;
import java.util.EnumSet;
import java.util.List;

/** The JSON Schema (draft 2020-12) of plan.yaml, with the inputs of every action. */
public final class PlanSchema {
    private static final String DURATION = "^(0|P.+|(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?|.*\\$\\{\\{.*\\}\\}.*)$";

    private PlanSchema() {}

    public static ObjectNode of(ActionCatalog catalog) {
        StepShapes steps = new StepShapes(catalog);
        ObjectNode schema = Shapes.empty()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "https://longwatch.io/schema/v1/release-plan.json")
                .put("title", "Longwatch release plan");
        schema.setAll(plan());
        ObjectNode pieces = schema.putObject("$defs");
        addValues(pieces);
        pieces.set("action", steps.action());
        pieces.set("actionStep", steps.actionStep());
        pieces.set("gateStep", StepShapes.gateStep());
        pieces.set("itemStep", StepShapes.itemStep());
        pieces.set("parallelSteps", StepShapes.parallelSteps());
        pieces.set("step", StepShapes.step());
        pieces.set("check", steps.check());
        pieces.set("restore", steps.restore());
        pieces.set("rollbackStep", steps.rollbackStep());
        for (ActionSpec action : catalog.all()) {
            pieces.set(StepShapes.inputsOf(action), InputShapes.of(action));
        }
        return schema;
    }

    private static void addValues(ObjectNode pieces) {
        pieces.set(
                "id",
                Shapes.matching(
                        "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "Unique in the plan; lower-case words joined by hyphens"));
        pieces.set("role", Shapes.text("One of the plan's roles"));
        pieces.set("duration", Shapes.matching(DURATION, "A duration: 90s, 10m, 2h, 1h30m"));
        ObjectNode number = Shapes.anyOf(List.of(Shapes.whole(1, ""), Shapes.matching("^\\d+\\s*-\\s*\\d+$", "")));
        pieces.set("numbers", Shapes.anyOf(List.of(number, Shapes.listOf(number.deepCopy(), ""))));
        pieces.set("boxes", Shapes.ref("numbers", "Boxes of the source checklist that it answers: [5, 21-38]"));
        ObjectNode file = new ObjectShape("Text of a file beside the plan, taken as it is")
                .required("file", Shapes.text("Path from the plan's folder"))
                .done();
        ObjectNode template = new ObjectShape("Text of a file beside the plan, its ${{ }} filled in when the step runs")
                .required("template", Shapes.text("Path from the plan's folder"))
                .done();
        pieces.set("file", Shapes.oneOf(List.of(file, template)));
    }

    private static ObjectNode plan() {
        return new ObjectShape("A release from code preparation to sign-off")
                .required("apiVersion", Shapes.empty().put("const", ReleasePlan.API_VERSION))
                .required("kind", Shapes.empty().put("const", ReleasePlan.KIND))
                .required("service", Shapes.matching("^[a-z][a-z0-9-]*$", "What is released"))
                .required(
                        "environment", Shapes.matching("^[a-z][a-z0-9-]*$", "Where; its connections are the ones used"))
                .required("title", Shapes.text("Name for people"))
                .optional("description", Shapes.text("A sentence or two for people"))
                .optional("source", source())
                .optional(
                        "latestStart",
                        Shapes.ref(
                                "duration",
                                "How long after T the deploy phase, and in it the first effect that users feel, may still begin; 30m by default"))
                .optional("ask", ask())
                .optional("channel", Shapes.text("Slack channel of the release's thread"))
                .optional("parameters", Shapes.mapOf(parameter(), "What a start may or must give"))
                .optional("roles", Shapes.mapOf(role(), "Who decides"))
                .optional("contacts", Shapes.listOf(contact(), "Whom to call"))
                .required("phases", Shapes.listOf(phase(), "In the order they run; exactly one is at T"))
                .optional("soak", soak())
                .optional("rollback", rollback())
                .optional("signOffs", Shapes.listOf(signOff(), "Who signs at the end"))
                .done();
    }

    private static ObjectNode ask() {
        return new ObjectShape("What is asked when something went wrong")
                .optional(
                        "deadline",
                        Shapes.ref(
                                "duration",
                                "How long people have; for a failed step 2h by default, for a rollback that is stuck or a deployment that is late 4h"))
                .optional(
                        "onDeadline",
                        Shapes.words(
                                EnumSet.of(Outcome.ABORT, Outcome.ROLLBACK),
                                "What follows when nobody says what to do about a failed step; by default rollback once something that users feel was changed, abort before that"))
                .done();
    }

    private static ObjectNode source() {
        return new ObjectShape("The checklist the plan came from")
                .required("checklist", Shapes.text("File name"))
                .required("sha256", Shapes.matching("^[0-9a-fA-F]{64}$", "Digest of the file"))
                .required("boxes", Shapes.whole(1, "How many boxes it has").put("maximum", Source.MOST_BOXES))
                .optional("parents", Shapes.mapOf(Shapes.ref("numbers"), "Boxes that only sum up others, with these"))
                .optional("afterDeployment", Shapes.ref("numbers", "Boxes that speak of the time after the deployment"))
                .done();
    }

    private static ObjectNode parameter() {
        return new ObjectShape("A parameter")
                .required("type", Shapes.words(Parameter.Type.class, "Type of its value"))
                .optional(
                        "pattern",
                        Shapes.text("Regular expression that the whole of a string matches")
                                .put("format", "regex"))
                .optional("description", Shapes.text("For people"))
                .optional("default", StepShapes.condition("").put("description", "Value when none is given"))
                .optional("example", StepShapes.condition("").put("description", "A likely value"))
                .done();
    }

    private static ObjectNode role() {
        ObjectNode titled =
                new ObjectShape("").required("title", Shapes.text("For people")).done();
        return Shapes.anyOf(List.of(Shapes.text("Title for people"), titled));
    }

    private static ObjectNode contact() {
        return new ObjectShape("Whom to call")
                .required("name", Shapes.text("A person, a team or an office"))
                .optional("role", Shapes.ref("role"))
                .required("reach", Shapes.text("A channel, a phone number, an address"))
                .done();
    }

    private static ObjectNode phase() {
        return StepShapes.identified("Steps that share a start")
                .optional(
                        "at",
                        Shapes.matching("^T(\\s*[-+]\\s*\\S.*)?$", "T, T-2h, T+30m; after the phase ahead by default"))
                .optional("after", Shapes.empty().put("const", "soak"))
                .required("steps", Shapes.listOf(Shapes.ref("step"), "In order").put("minItems", 1))
                .done();
    }

    private static ObjectNode soak() {
        ObjectNode window = StepShapes.identified("A stretch of the soak with a verdict of its own")
                .required("duration", Shapes.ref("duration", "How long it lasts"))
                .optional("interval", Shapes.ref("duration", "Time between looks; 1m by default"))
                .optional(
                        "anchored",
                        Shapes.truth(
                                false,
                                "Whether it ends as planned, counted from the end of the deploy phase, however late it"
                                        + " begins"))
                .optional("checks", StepShapes.names("Checks it looks at; all by default"))
                .optional(
                        "maxExtension",
                        Shapes.ref("duration", "Most time by which missed looks lengthen it; a quarter by default"))
                .optional(
                        "onMissed",
                        Shapes.words(Outcome.class, "What follows when time stays unobserved; hold by default"))
                .optional(
                        "onInconclusive",
                        Shapes.words(Outcome.class, "What follows an undecided verdict; hold by default"))
                .optional("role", Shapes.ref("role", "Who may waive; the first role by default"))
                .optional("deadline", Shapes.ref("duration", "How long people have for that; 2h by default"))
                .optional("covers", Shapes.ref("boxes"))
                .done();
        return new ObjectShape("What is watched after the deploy phase")
                .required("checks", Shapes.listOf(Shapes.ref("check"), "What is looked at"))
                .required("windows", Shapes.listOf(window, "One after another, from the end of the deploy phase"))
                .done();
    }

    private static ObjectNode rollback() {
        return new ObjectShape("The way back")
                .optional("restore", Shapes.listOf(Shapes.ref("restore"), "What makes users well, in order"))
                .optional(
                        "verify",
                        Shapes.listOf(Shapes.ref("rollbackStep"), "What shows that the former version serves again"))
                .optional("dataLoss", Shapes.listOf(Shapes.ref("rollbackStep"), "What shows whether anything was lost"))
                .done();
    }

    private static ObjectNode signOff() {
        return StepShapes.identified("Who signs at the end")
                .required("role", Shapes.ref("role", "Who may sign"))
                .optional("deadline", Shapes.ref("duration", "How long they have; 24h by default"))
                .optional(
                        "onDeadline",
                        Shapes.words(
                                Outcome.class,
                                "What follows when they do not; continue by default; a no ends the release only by"
                                        + " abort or rollback, else people are asked"))
                .optional("covers", Shapes.ref("boxes"))
                .done();
    }
}
