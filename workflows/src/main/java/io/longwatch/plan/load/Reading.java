package io.longwatch.plan.load;

import io.longwatch.contract.ActionCatalog;

/**
 * What the readers of one plan share.
 *
 * @param problems where they note what is wrong
 * @param catalog actions that steps may use
 * @param index what the plan declares
 * @param roles the plan's roles, and which are used
 * @param expressions checks what stands in <code>${{ }}</code> and conditions
 * @param texts fills in what is known when the plan is loaded
 * @param files the files it takes in
 * @param boxes notes which boxes are covered where
 */
record Reading(
        Problems problems,
        ActionCatalog catalog,
        PlanIndex index,
        RoleUse roles,
        ExpressionCheck expressions,
        LoadTimeText texts,
        TakenFiles files,
        BoxNotes boxes) {}
