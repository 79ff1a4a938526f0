import { NEVER } from "../sql-column.ts";
import { certain, type Leaf } from "../sql-logic.ts";
import { ruleSql } from "../sql-rule.ts";
import { countOf } from "../sql-value.ts";
import type { EventCondition, Rule, Times } from "../tree.ts";
import { bitsOf } from "./bits.ts";
import { chainTable } from "./chain-masks.ts";
import { atLeast, countedOf, type Leaves, masked, negated } from "./leaves.ts";
import { measuredMask } from "./measured-masks.ts";
import type { Counted } from "./tallies.ts";

/** A rule as the mask of the moments at which it holds, over a row of a person; null where it has no such form. */
export function maskOf(leaves: Leaves, rule: Rule): string | null {
  switch (rule.kind) {
    case "and":
    case "or": {
      const parts = rule.parts.map((part) => maskOf(leaves, part));
      return parts.includes(null) ? null : `(${parts.join(rule.kind === "and" ? " & " : " | ")})`;
    }
    case "not":
      return negated(leaves, maskOf(leaves, rule.part));
    case "happened":
      return happenedMask(leaves, rule);
    case "measured":
      return measuredMask(leaves, rule);
    case "sequence":
      return sequenceMask(leaves, rule);
    case "entered":
    case "left":
      return null;
    case "in segment": {
      const own = rule.segment.cell === leaves.people[0]?.cell ? leaves.rules.get(rule.segment.name) : undefined;
      return own === undefined ? columnMask(leaves, rule) : maskOf(leaves, own);
    }
    default:
      return columnMask(leaves, rule);
  }
}

function happenedMask(leaves: Leaves, rule: EventCondition & { kind: "happened" }): string | null {
  const counted = countedOf(leaves, rule.step, rule.window);
  const work = leaves.people[0]?.work;
  if (counted === null || work === undefined) return null;
  if (rule.times === null) return atLeast(leaves, counted, 1);
  if (rule.times.count === null) return negated(leaves, atLeast(leaves, counted, 1));
  const count = countOf(work, rule.times.count, 0);
  return count === null ? null : timesMask(leaves, counted, rule.times.how, count);
}

function timesMask(leaves: Leaves, counted: Counted, how: Times["how"], count: number): string | null {
  const least = (times: number) => atLeast(leaves, counted, times);
  switch (how) {
    case "at least":
      return least(count);
    case "more than":
      return least(count + 1);
    case "fewer than":
      return negated(leaves, least(count));
    case "at most":
      return negated(leaves, least(count + 1));
    case "exactly":
      return `(${least(count)} & ${negated(leaves, least(count + 1))})`;
    case "never":
      return negated(leaves, least(1));
  }
}

function sequenceMask(leaves: Leaves, rule: EventCondition & { kind: "sequence" }): string | null {
  const table = chainTable(leaves.people, rule, leaves.chains.size + 1);
  if (table === null) return null;
  const known = leaves.chains.get(table.mark) ?? table;
  leaves.chains.set(table.mark, known);
  return masked(known.columns[0] ?? NEVER);
}

/** What is told of the person's own columns, or by the segments of other cells, asked as of each moment. */
function columnMask({ people }: Leaves, rule: Leaf): string {
  const texts = people.map((one) => ruleSql(one, rule));
  const masks = [...new Set(texts)].map((text) => {
    return `CASE WHEN ${certain(text)} THEN ${bitsOf(texts.map((one) => one === text))} ELSE 0 END`;
  });
  return `(${masks.map((mask) => `(${mask})`).join(" | ")})`;
}
