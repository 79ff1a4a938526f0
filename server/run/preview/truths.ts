import { createHash } from "node:crypto";
import { compileRules, type NamedRule } from "../../language/compile-rules.ts";
import { name as quoted } from "../../language/quote.ts";
import { reads } from "../../language/reads.ts";
import { HISTORY } from "../../language/sql-history.ts";
import type { Pass, Statement } from "../../language/sql-pass.ts";
import type { Rule } from "../../language/tree.ts";
import type { Clock, LanguageProblem, Vocabulary } from "../../language/vocabulary.ts";
import { type Bits, noBits, spread } from "./bits.ts";
import { type Ground, ROW } from "./ground.ts";
import { renamed } from "./renamed.ts";

/** What a rule is read with besides its ground. */
export interface Around {
  readonly entity: string;
  readonly cell: string;
  readonly vocabulary: Vocabulary;
  readonly clock: Clock;
  /** The cell's own rules, which IN SEGMENT may name. */
  readonly own: readonly NamedRule[];
}

export interface Truth {
  readonly bits: Bits;
  /** Why the rule can't be asked; it then holds for nobody. */
  readonly problem: LanguageProblem | null;
}

/** Bytes of truths that are kept. */
const MOST_BYTES = 96 * 1024 ** 2;
/** Rules that are asked at once: a mask of them is a whole number below 2³¹. */
const MOST_AT_ONCE = 30;

/** For whom rules hold, each a bit a person. What was asked before is not asked again. */
export class Truths {
  /** By the SQL that it was computed with: that names its relations by their content, and the moment. */
  private readonly kept = new Map<string, Bits>();
  private bytes = 0;

  /** Which of the rules would have to be computed. */
  unknown(ground: Ground, around: Around, rules: readonly Rule[]): Rule[] {
    return rules.filter((rule) => {
      const compiled = compiledOf(ground, around, [rule]);
      return compiled.ok && !this.kept.has(markOf(compiled.sql));
    });
  }

  /** The passes over events that these rules would be computed by. */
  passes(ground: Ground, around: Around, rules: readonly Rule[]): readonly Pass[] {
    const compiled = compiledOf(asKept(ground), around, rules);
    return compiled.ok ? compiled.passes : [];
  }

  async of(ground: Ground, around: Around, rules: readonly Rule[], signal: AbortSignal): Promise<Truth[]> {
    const marked = rules.map((rule) => {
      const compiled = compiledOf(ground, around, [rule]);
      return compiled.ok
        ? ({ ok: true, rule, mark: markOf(compiled.sql) } as const)
        : ({ ok: false, problem: compiled.problem } as const);
    });
    const wanted = new Map<string, Rule>();
    for (const each of marked) if (each.ok && !this.kept.has(each.mark)) wanted.set(each.mark, each.rule);
    const found = new Map<string, Bits>();
    const all = [...wanted];
    for (let at = 0; at < all.length; at += MOST_AT_ONCE) {
      const some = all.slice(at, at + MOST_AT_ONCE);
      const bits = await ask(
        ground,
        around,
        some.map(([, rule]) => rule),
        signal,
      );
      some.forEach(([mark], n) => {
        const own = bits[n];
        if (own === undefined) return;
        found.set(mark, own);
        this.keep(mark, own);
      });
    }
    return marked.map((each): Truth => {
      if (!each.ok) return { bits: noBits(ground.rows), problem: each.problem };
      const known = found.get(each.mark) ?? this.kept.get(each.mark) ?? noBits(ground.rows);
      return { bits: known, problem: null };
    });
  }

  private keep(mark: string, bits: Bits): void {
    this.kept.set(mark, bits);
    this.bytes += bits.byteLength;
    for (const [oldest, old] of this.kept) {
      if (this.bytes <= MOST_BYTES || oldest === mark) break;
      this.kept.delete(oldest);
      this.bytes -= old.byteLength;
    }
  }
}

async function ask(ground: Ground, around: Around, rules: readonly Rule[], signal: AbortSignal): Promise<Bits[]> {
  const compiled = compiledOf(asKept(ground), around, rules);
  // Each alone has no slip, so all together have none.
  if (!compiled.ok) throw new Error(compiled.problem.message);
  const masks = rules.map((_, n) => `${quoted(unitName(n))}::INTEGER * ${2 ** n}`).join(" + ");
  const { keeping } = ground;
  const isKept = keeping !== null && compiled.passes.length > 0;
  const truths = isKept ? compiled.over(await keeping.keep(compiled.passes, signal)) : compiled.sql;
  const sql = `SELECT ${quoted(ROW)} AS r, mask FROM (SELECT ${quoted(ROW)}, ${masks} AS mask FROM (\n${truths}\n)) WHERE mask <> 0`;
  const [rows = new Float64Array(), found = new Float64Array()] = await ground.engine.numbers({ sql, signal });
  return spread(rows, found, { count: rules.length, most: ground.rows });
}

/** The ground as passes that are kept name it. */
function asKept(ground: Ground): Ground {
  return ground.keeping === null ? ground : { ...ground, names: ground.keeping.names };
}

function unitName(n: number): string {
  return `segbook unit ${n + 1}`;
}

function compiledOf(
  { of, names, columns }: Ground,
  { entity, cell, vocabulary, clock, own }: Around,
  rules: readonly Rule[],
): ({ readonly ok: true } & Statement) | { ok: false; problem: LanguageProblem } {
  const units = rules.map((rule, n) => ({ name: unitName(n), rule }));
  const compiled = compileRules({
    ...{ of, entity, ofColumns: columns, cell, clock, extraColumns: [ROW] },
    rules: [...neededOf(rules, cell, own), ...units].map(({ name, rule }) => ({ name, rule: renamed(rule, names) })),
    vocabulary: {
      ...vocabulary,
      events: vocabulary.events.map((event) => ({ ...event, relation: names.get(event.relation) ?? event.relation })),
      history: vocabulary.history ? { ...vocabulary.history, relation: names.get(HISTORY) ?? HISTORY } : null,
    },
  });
  if (compiled.ok) return compiled;
  const [first] = compiled.problems;
  const none = { code: "not-compiled", from: 0, to: 0, message: "This can't be asked.", hint: "Change it." };
  return { ok: false, problem: first ?? none };
}

/** The cell's own rules that these name, and those that they name in turn. */
function neededOf(rules: readonly Rule[], cell: string, own: readonly NamedRule[]): NamedRule[] {
  const needed = new Set<NamedRule>();
  const visit = (rule: Rule) => {
    for (const segment of reads(rule).segments) {
      const found = segment.cell === cell ? own.find(({ name }) => name === segment.name) : undefined;
      if (found === undefined || needed.has(found)) continue;
      needed.add(found);
      visit(found.rule);
    }
  };
  rules.forEach(visit);
  return own.filter((rule) => needed.has(rule));
}

function markOf(sql: string): string {
  return createHash("sha256").update(sql).digest("base64");
}
