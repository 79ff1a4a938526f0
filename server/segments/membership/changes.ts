import { literal, name as quoted } from "../../language/quote.ts";
import type { Cause } from "./model.ts";
import { type Placed, presentSql, STAY } from "./stays.ts";

/** One of the steps that lead from what was recorded to what is now. */
export interface Step {
  /** A table of slot and entity: who is in after this step; null for the last one, which leads to what is now. */
  readonly table: string | null;
  /** Slot → why its people came or went by this step. */
  readonly causes: ReadonlyMap<number, Cause>;
}

/** Slots whose changes are explained by the same steps. */
export interface Explained {
  readonly slots: readonly number[];
  readonly steps: readonly Step[];
}

/**
 * Who came into which of the slots and who went since the last refresh: slot, entity, came, held_out. Whoever stays and
 * is held out from now on, or no longer, goes and comes by `control`.
 */
export function differenceSql(placed: Placed, now: string, slots: readonly number[]): string {
  const which = slots.length === 0 ? "false" : `slot IN (${slots.join(", ")})`;
  return `
    WITH was AS (SELECT * FROM (${presentSql(placed)}) WHERE ${which}),
    moved AS (
      SELECT coalesce(was.slot, now.slot) AS slot, coalesce(was.entity, now.entity) AS entity,
        was.entity IS NOT NULL AS was_in, now.entity IS NOT NULL AS is_in, was.held_out AS was_held, now.held_out AS is_held
      FROM was FULL JOIN ${quoted(now)} AS now ON was.slot = now.slot AND was.entity = now.entity
      WHERE was.entity IS NULL OR now.entity IS NULL OR was.held_out <> now.held_out)
    SELECT slot, entity, is_in AS came, coalesce(is_held, was_held) AS held_out, false AS stays FROM moved WHERE was_in <> is_in
    UNION ALL
    SELECT slot, entity, came, CASE WHEN came THEN is_held ELSE was_held END AS held_out, true AS stays
    FROM moved CROSS JOIN (VALUES (false), (true)) AS each (came) WHERE was_in AND is_in`;
}

/**
 * The changes with why. From what was recorded, one step after the other leads to what is now; somebody's change is due
 * to the last step that turned it to what it is: exactly one, since the first state differs from the last.
 */
export function explainedSql(difference: string, groups: readonly Explained[]): string {
  const parts = groups.map(({ slots, steps }) => {
    const tables = steps.flatMap(({ table }) => (table === null ? [] : [table]));
    const joins = tables.map((table, index) => {
      const there = `SELECT slot, entity, true AS there FROM ${quoted(table)}`;
      return `LEFT JOIN (${there}) AS s${index} ON s${index}.slot = d.slot AND s${index}.entity = d.entity`;
    });
    // From the last step back: it made the difference where the state before it was another.
    const cases = steps.map((step, index) => {
      const before = index === 0 ? "true" : `(s${index - 1}.there IS NOT NULL) <> d.came`;
      return `WHEN ${before} THEN ${causeSql(step)}`;
    });
    return `
      SELECT d.slot, d.entity, d.came, d.held_out, CASE WHEN d.stays THEN 'control' ${cases.reverse().join(" ")} END AS because
      FROM ${quoted(difference)} AS d ${joins.join(" ")} WHERE d.slot IN (${slots.join(", ")})`;
  });
  return parts.join("\nUNION ALL\n");
}

function causeSql({ causes }: Step): string {
  const cases = [...causes].map(([slot, cause]) => `WHEN ${slot} THEN ${literal(cause)}`);
  return cases.length === 0 ? "'unknown'" : `CASE d.slot ${cases.join(" ")} ELSE 'unknown' END`;
}

/** The rows of a refresh's file, in the order in which they take least room. */
export function changesSql(explained: string, refresh: number): string {
  return `
    SELECT slot::USMALLINT AS slot, entity, ${refresh}::INTEGER AS number, came, because, held_out
    FROM ${quoted(explained)} ORDER BY slot, entity, came`;
}

/** All stays as `stays` has them, those that last or those that ended, as a file of them is written. */
export function settledRowsSql(stays: string, which: "lasting" | "ended"): string {
  const columns = which === "lasting" ? STAY.filter((one) => one !== "left" && one !== "left_because") : STAY;
  const condition = which === "lasting" ? "IS NULL" : "IS NOT NULL";
  return `SELECT ${columns.map((one) => (one === "slot" ? "slot::USMALLINT AS slot" : quoted(one))).join(", ")}
    FROM (${stays}) WHERE "left" ${condition} ORDER BY slot, entity, entered`;
}
