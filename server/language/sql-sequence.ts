import { asOf } from "./clock.ts";
import { name } from "./quote.ts";
import { chainsSql, whoeverSql } from "./sql-chains.ts";
import { NEVER } from "./sql-column.ts";
import { filterOf, pastSql } from "./sql-events.ts";
import { CHAIN, type Chains } from "./sql-pass.ts";
import { type Length, matchOfSteps, type Step, type Steps } from "./sql-steps.ts";
import { countOf } from "./sql-value.ts";
import { addColumn, eventOf, type Join, KEY, type Work } from "./sql-work.ts";
import type { EventCondition } from "./tree.ts";
import type { EventWord } from "./vocabulary.ts";

/** Whether a person's events hold the sequence, as a column of `people` that is TRUE or NULL. */
export function sequenceSql(work: Work, rule: EventCondition & { kind: "sequence" }, people: string): string {
  const join = sequenceJoin(work, rule);
  return join === null ? NEVER : `${people}.${addColumn(work, join, "TRUE")}`;
}

/** When the newest chain ended, in microseconds since 1970, as a column of `people`; NULL where there is none. */
export function sequenceEndSql(work: Work, rule: EventCondition & { kind: "sequence" }, people: string): string {
  const join = sequenceJoin(work, rule);
  return join === null ? "CAST(NULL AS BIGINT)" : `${people}.${addColumn(work, join, NEWEST)}`;
}

/** When a person's newest chain ended. */
const NEWEST = `max(${CHAIN.end})`;

function sequenceJoin(work: Work, rule: EventCondition & { kind: "sequence" }): Join | null {
  const count = countOf(work, rule.within.count, 1);
  const steps = rule.steps.map((step) => {
    const event = eventOf(work, step);
    return event && { event, filter: filterOf(work, event, step.where, rule.window) };
  });
  const known = steps.filter((step) => step !== null);
  if (count === null || known.length < steps.length) return null;
  const within = { ...rule.within, units: count };
  const all = { steps: known.map(asItStands), within, past: (event: EventWord) => pastSql(work, event) };
  const chains = chainsSql(work, all);
  return work.joins.get(chains) ?? addJoin(work, chains, all, () => allChains(work, known, within));
}

/** Whatever moment is asked for: the window is looked at afterwards, since the latest start of a chain is also the best for it. */
function allChains(work: Work, steps: readonly Filtered[], within: Length): Chains {
  const whenever = steps.map(({ event, filter: { parts, sliding } }) => {
    return { event, condition: conditionOf(parts.filter((part) => part !== sliding?.part)) };
  });
  const sliding = steps[0]?.filter.sliding ?? null;
  const micros = (instant: { epochNanoseconds: bigint }) => instant.epochNanoseconds / 1000n;
  return {
    mark: chainsSql(work, { steps: whenever, within, past: () => "TRUE" }),
    sql: chainsSql(work, { steps: whenever, within, past: (event) => pastSql(work, event) }),
    from: sliding?.side === "from" ? micros(sliding.bound) : null,
    until: micros(sliding?.side === "until" ? sliding.bound : asOf(work.clock)),
  };
}

interface Filtered {
  readonly event: EventWord;
  readonly filter: ReturnType<typeof filterOf>;
}

function asItStands({ event, filter }: Filtered): Step {
  return { event, condition: conditionOf(filter.parts) };
}

function conditionOf(parts: readonly string[]): string {
  return parts.length === 0 ? "TRUE" : parts.join(" AND ");
}

function addJoin(work: Work, chains: string, all: Steps, whenever: () => Chains): Join {
  const join: Join = {
    name: name(`segbook sequence ${work.joins.size + 1}`),
    match: matchOfSteps(work, all.steps),
    columns: new Map(),
    query: (asked) => {
      const isDated = asked.some(({ computed }) => computed === NEWEST);
      const selected = asked.map(({ computed, column }) => `${computed} AS ${column}`);
      return `SELECT ${KEY}, ${selected.join(", ")}\nFROM (${isDated ? chains : whoeverSql(work, all)})\nGROUP BY ${KEY}`;
    },
    pass: {
      what: chains,
      reads: [...new Set(all.steps.map(({ event }) => event.relation))],
      rows: null,
      chains: whenever,
    },
  };
  work.joins.set(chains, join);
  return join;
}
