package io.longwatch.plan.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.contract.ActionCatalog;
import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.Undo;
import io.longwatch.plan.ActionStep.OnFailure;
import io.longwatch.plan.Check.OnNoData;
import io.longwatch.plan.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Steps, checks and all else that has an id. */
final class StepShapes {
    private final ActionCatalog catalog;

    StepShapes(ActionCatalog catalog) {
        this.catalog = catalog;
    }

    /** An entry of a phase. */
    static ObjectNode step() {
        return Shapes.oneOf(List.of(
                Shapes.ref("actionStep"), Shapes.ref("gateStep"), Shapes.ref("itemStep"), Shapes.ref("parallelSteps")));
    }

    ObjectNode actionStep() {
        ObjectNode node = using(identified("A step that an action carries out"))
                .optional("expect", condition("What must hold of the result"))
                .optional("when", condition("Decides at the start whether the step applies"))
                .optional("timeout", Shapes.ref("duration", "For all attempts together; the action's by default"))
                .optional("retry", retry())
                .optional(
                        "undo",
                        Shapes.words(Undo.class, "When a rollback takes its effect back; the action's by default"))
                .optional("irreversible", Shapes.text("Why it cannot be taken back, shown before each gate"))
                .optional("confirm", Shapes.ref("role", "Role that must confirm what the machine found"))
                .optional("onFailure", Shapes.words(OnFailure.class, "What follows when it fails for good"))
                .optional(
                        "rollForward",
                        Shapes.listOf(
                                Shapes.ref("actionStep"),
                                "Steps of actions that run in its stead, with onFailure: rollForward"))
                .optional(
                        "validFor",
                        Shapes.ref("duration", "How long its result holds; looked at again at T when it has aged"))
                .optional("baseline", Shapes.mapOf(condition(""), "Figures it records, by name"))
                .optional("covers", Shapes.ref("boxes"))
                .done();
        return withInputs(node);
    }

    /** A step of the rollback that looks whether the way back led where it should. */
    ObjectNode rollbackStep() {
        ObjectNode node = using(identified("A step of the rollback that only looks"))
                .optional("expect", condition("What must hold of the result"))
                .optional("when", condition("Decides at the start whether the step applies"))
                .optional("timeout", Shapes.ref("duration", "For all attempts together; the action's by default"))
                .optional("retry", retry())
                .optional("baseline", Shapes.mapOf(condition(""), "Figures it records, by name"))
                .optional("covers", Shapes.ref("boxes"))
                .done();
        return withInputs(node);
    }

    ObjectNode restore() {
        ObjectShape shape = identified("One move of the restore stage")
                .required("undoes", names("Steps whose effects it takes back; without an action exactly one"))
                .optional("uses", Shapes.ref("action"))
                .optional("with", Shapes.type("object", "Inputs of the action"))
                .optional("expect", condition("What must hold of the result"))
                .optional("timeout", Shapes.ref("duration", "For all attempts together; the action's by default"))
                .optional("retry", retry())
                .optional("covers", Shapes.ref("boxes"));
        return withInputs(shape.done());
    }

    ObjectNode check() {
        ObjectNode node = using(identified("One thing a soak looks at"))
                .optional("figure", condition("The number that is shown and sampled"))
                .optional("unit", Shapes.text("Unit of the figure"))
                .optional(
                        "interval",
                        Shapes.ref("duration", "Time between its measurements; that of the window's looks by default"))
                .optional(
                        "initialDelay",
                        Shapes.ref("duration", "From the window's start, before which it is not measured"))
                .optional(
                        "count",
                        Shapes.whole(0, "Most measurements, errors not counted; 0 for as many as the window holds"))
                .optional("successCondition", condition("Holds of a result that passes"))
                .optional("failureCondition", condition("Holds of a result that fails"))
                .optional(
                        "failureLimit",
                        Shapes.whole(0, "Most failed measurements that do not fail the check; 0 by default"))
                .optional("inconclusiveLimit", Shapes.whole(0, "Most inconclusive measurements; 0 by default"))
                .optional(
                        "consecutiveErrorLimit",
                        Shapes.whole(0, "Most errors in a row before it is blind; 4 by default"))
                .optional(
                        "consecutiveSuccessLimit", Shapes.whole(0, "Successes in a row that end it early; 0 for none"))
                .optional(
                        "onNoData",
                        Shapes.words(OnNoData.class, "How a measurement without data counts; inconclusive by default"))
                .optional("covers", Shapes.ref("boxes"))
                .done();
        return withInputs(node);
    }

    static ObjectNode gateStep() {
        ObjectNode approval = new ObjectShape("People of a role who must approve")
                .required("role", Shapes.ref("role"))
                .optional("count", Shapes.whole(1, "Distinct people; 1 by default"))
                .done();
        ObjectNode gate = new ObjectShape("Who must approve, and by when")
                .required(
                        "approvals", Shapes.listOf(approval, "Who must approve").put("minItems", 1))
                .optional(
                        "fourEyes",
                        Shapes.truth(
                                false,
                                "Whether someone else than the requester must decide: neither their approval nor their rejection counts, abort does"))
                .optional("deadline", Shapes.ref("duration", "How long people have; 1h by default"))
                .optional(
                        "onDeadline",
                        Shapes.words(
                                EnumSet.complementOf(EnumSet.of(Outcome.CONTINUE)),
                                "What follows silence or a no; abort by default"))
                .optional("escalateTo", Shapes.ref("role", "Role that is told at half of the deadline and at its end"))
                .optional("bind", Shapes.listOf(condition(""), "Expressions whose values the approval is bound to"))
                .done();
        return identified("A point that people must open")
                .required("gate", gate)
                .optional("when", condition("Decides at the start whether it applies"))
                .optional("covers", Shapes.ref("boxes"))
                .done();
    }

    static ObjectNode itemStep() {
        ObjectNode item = new ObjectShape("Who attests what")
                .required("role", Shapes.ref("role"))
                .optional("evidence", Shapes.text("What the person must give"))
                .optional("required", Shapes.truth(true, "Whether the release waits for it"))
                .optional("deadline", Shapes.ref("duration", "How long people have; 24h by default"))
                .optional(
                        "onDeadline",
                        Shapes.words(
                                Outcome.class,
                                "What follows silence: hold by default, continue if not required; a no ends the"
                                        + " release only by abort or rollback, else people are asked"))
                .done();
        return identified("What no machine can check: a person attests it")
                .required("item", item)
                .optional("when", condition("Decides at the start whether it applies"))
                .optional("covers", Shapes.ref("boxes"))
                .done();
    }

    static ObjectNode parallelSteps() {
        ObjectNode head = identified("Steps that run side by side")
                .optional("when", condition("Decides at the start whether the group applies"))
                .done();
        return new ObjectShape("Steps that run side by side; it ends when all have ended")
                .required("parallel", head)
                .required(
                        "steps",
                        Shapes.listOf(Shapes.ref("step"), "Two or more").put("minItems", 2))
                .done();
    }

    static ObjectShape identified(String description) {
        return new ObjectShape(description)
                .required("id", Shapes.ref("id"))
                .required("title", Shapes.text("What it is, for people"));
    }

    /** An expression; plain true, false and numbers are ones too. */
    static ObjectNode condition(String description) {
        ObjectNode node = Shapes.empty();
        node.putArray("type").add("string").add("boolean").add("number");
        return description.isEmpty() ? node : node.put("description", description + " (CEL)");
    }

    static ObjectNode names(String description) {
        return Shapes.anyOf(List.of(
                        Shapes.text(""), Shapes.listOf(Shapes.text(""), "").put("minItems", 1)))
                .put("description", description);
    }

    private static ObjectNode retry() {
        return new ObjectShape("How often it is tried")
                .optional(
                        "attempts",
                        Shapes.whole(
                                0,
                                "Most attempts within the timeout: calls that a passing failure or a wait ends, and"
                                        + " looks at an expectation that does not hold yet. By default a call is repeated"
                                        + " as long as the timeout lasts, and an expectation is looked at once; what has"
                                        + " an effect is not carried out again for its expectation"))
                .done();
    }

    private static ObjectShape using(ObjectShape shape) {
        return shape.required("uses", Shapes.ref("action"))
                .optional("with", Shapes.type("object", "Inputs of the action"));
    }

    /** The actions' names, with what each does. */
    ObjectNode action() {
        List<ObjectNode> choices = new ArrayList<>();
        for (ActionSpec action : catalog.all()) {
            choices.add(Shapes.empty()
                    .put("const", action.name())
                    .put("title", action.title())
                    .put("description", action.description()));
        }
        return Shapes.oneOf(choices).put("description", "Action that carries it out");
    }

    /** Name of the piece that holds an action's inputs. */
    static String inputsOf(ActionSpec action) {
        return "inputs." + action.name();
    }

    private ObjectNode withInputs(ObjectNode node) {
        ArrayNode rules = node.putArray("allOf");
        for (ActionSpec action : catalog.all()) {
            ObjectNode rule = rules.addObject();
            ObjectNode condition = rule.putObject("if");
            condition.putObject("properties").putObject("uses").put("const", action.name());
            condition.putArray("required").add("uses");
            ObjectNode consequence = rule.putObject("then");
            consequence.putObject("properties").set("with", Shapes.ref(inputsOf(action)));
            if (!InputShapes.of(action).get("required").isEmpty()) {
                consequence.putArray("required").add("with");
            }
        }
        return node;
    }
}
