import { name as quoted } from "../../language/quote.ts";
import type { Rule } from "../../language/tree.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Ask } from "../asks.ts";
import type { ResultCache } from "../cache.ts";
import type { Located } from "../locate.ts";
import type { Plan } from "../plan.ts";
import type { Planner } from "../planner.ts";
import { keepAsk } from "../scans/keep-ask.ts";
import type { KeptScans } from "../scans/kept-scans.ts";
import { type Asked, askedOf, rulesOf } from "./asked.ts";
import { count, union } from "./bits.ts";
import { combinationsOf } from "./combinations.ts";
import { type Ground, type Keeping, type Standing, Standings } from "./ground.ts";
import { DRAWN, type SampledRelation, Samples } from "./sample.ts";
import { type Around, type Truth, Truths } from "./truths.ts";
import type { PreviewRequest, PreviewView } from "./view.ts";
import { writtenIn } from "./written.ts";

export type PreviewAsk = Ask & Pick<PreviewRequest, "cell" | "rule" | "conditions" | "accuracy">;

/** Everybody is asked at once where no more rows than this have to be read: that takes well below a second. */
const QUICK_ROWS = 2_500_000;

export interface PreviewLimits {
  /** Rows that are read at most where everybody is asked at once. */
  readonly quickRows: number;
  /** People of a sample. */
  readonly drawn: number;
}

/** Sizes of a rule that is being written, condition by condition; its cell need not have run, but what it reads must. */
export class Previews {
  private readonly standings = new Standings();
  private readonly samples: Samples;
  private readonly truths = new Truths();

  constructor(
    private readonly at: { readonly planner: Planner; readonly cache: ResultCache; readonly scans: KeptScans },
    private readonly limits: PreviewLimits = { quickRows: QUICK_ROWS, drawn: DRAWN },
  ) {
    this.samples = new Samples(limits.drawn);
  }

  async ask(ask: PreviewAsk, signal: AbortSignal): Promise<PreviewView | Problem> {
    const { plan } = await this.at.planner.recently(ask, signal);
    const written = writtenIn(plan, ask.cell);
    if (isProblem(written)) return written;
    const people = await this.at.planner.locate({ ...ask, relation: written.of, key: null }, signal);
    if (isProblem(people)) return people;
    const asked = await askedOf(plan, written, { ...ask, columns: people.stored.columns });
    const standing = await this.standing(ask, asked.relations, signal);
    if (isProblem(standing)) return standing;
    const { entity } = plan.notebook.head;
    const events = asked.vocabulary.events.map((event) => ({
      ...event,
      columns: standing.get(event.relation)?.located.stored.columns ?? event.columns,
    }));
    const vocabulary = { ...asked.vocabulary, events, provisional: false };
    const around = { entity, cell: ask.cell, vocabulary, clock: plan.clock, own: asked.own };
    const whole = {
      ...(await this.ground(people, standing, { entity, signal })),
      keeping: this.keeping(plan, asked, standing),
    };
    const isSampled =
      ask.accuracy === "quick" && (await this.rowsToRead(whole, { around, asked, standing })) > this.limits.quickRows;
    const sample = isSampled
      ? await this.samples.of(whole, { entity, relations: this.used(whole, { around, asked, standing }), signal })
      : null;
    const ground = sample ?? whole;
    const truths = await this.truths.of(ground, around, rulesOf(asked), signal);
    const { excluded, ...counted } = countOf(ground, asked, truths);
    const drawn = sample === null ? null : { people: sample.people, of: whole.people };
    return { ...counted, people: ground.people - excluded, excluded, exclusive: written.exclusive, sample: drawn };
  }

  /** The relations that the rules read, under names of their own. */
  private async standing(
    ask: PreviewAsk,
    relations: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Standing> | Problem> {
    const standing = new Map<string, Standing>();
    for (const relation of relations) {
      const found = await this.at.planner.locate({ ...ask, relation, key: null }, signal);
      if (isProblem(found)) return found;
      standing.set(relation, await this.standings.of(found, { numbered: null, signal }));
    }
    return standing;
  }

  private keeping(plan: Plan, { vocabulary }: Asked, standing: ReadonlyMap<string, Standing>): Keeping {
    const { cache, scans } = this.at;
    const isEvent = (relation: string) => vocabulary.events.some((event) => event.relation === relation);
    const names = new Map(
      [...standing].flatMap(([relation, { name }]) => (isEvent(relation) ? [] : [[relation, name]])),
    );
    const ask = (signal: AbortSignal) => keepAsk(plan, { cache, signal });
    return {
      names,
      keep: (passes, signal) => scans.keep(passes, ask(signal)),
      isKept: async (pass) => (await scans.kept(pass, ask(new AbortController().signal))) === pass.asked.length,
    };
  }

  private async ground(
    people: Located,
    standing: ReadonlyMap<string, Standing>,
    { entity, signal }: { entity: string; signal: AbortSignal },
  ): Promise<Ground> {
    const { name } = await this.standings.of(people, { numbered: entity, signal });
    const names = new Map([...standing].map(([relation, each]) => [relation, each.name]));
    const { rows, columns } = people.stored;
    return { engine: people.engine, names, of: name, columns, rows, people: rows, keeping: null };
  }

  /** The relations with the columns that the rules look at: a sample needs no others. */
  private used(
    ground: Ground,
    { around, asked, standing }: { around: Around; asked: Asked; standing: ReadonlyMap<string, Standing> },
  ): ReadonlyMap<string, SampledRelation> {
    const passes = this.truths.passes(ground, around, rulesOf(asked));
    return new Map(
      [...standing].map(([relation, each]) => {
        const all = each.located.stored.columns.map(({ name }) => name);
        const queries = passes.filter(({ reads }) => reads.includes(relation)).map((pass) => pass.query(pass.asked));
        const named = all.filter((name) => name === around.entity || queries.some((sql) => sql.includes(quoted(name))));
        return [relation, { standing: each, columns: queries.length === 0 ? all : named }];
      }),
    );
  }

  /** Rows that have to be read to ask everybody what is not known yet. */
  private async rowsToRead(
    ground: Ground,
    { around, asked, standing }: { around: Around; asked: Asked; standing: ReadonlyMap<string, Standing> },
  ): Promise<number> {
    const unknown = this.truths.unknown(ground, around, rulesOf(asked));
    if (unknown.length === 0) return 0;
    let rows = ground.rows;
    for (const pass of this.truths.passes(ground, around, unknown)) {
      if (await ground.keeping?.isKept(pass)) continue;
      for (const relation of pass.reads) rows += standing.get(relation)?.located.stored.rows ?? 0;
    }
    return rows;
  }
}

/** Counts people by what holds for them. */
function countOf(ground: Ground, asked: Asked, truths: readonly Truth[]) {
  const rules = rulesOf(asked);
  const truthOf = (rule: Rule | null) => (rule === null ? null : (truths[rules.indexOf(rule)] ?? null));
  const bitsOf = (rule: Rule | null) => truthOf(rule)?.bits ?? null;
  const excluded = bitsOf(asked.excluded);
  const nobody = new Uint32Array(Math.ceil(ground.rows / 32));
  return {
    excluded: excluded === null ? 0 : count(excluded, null),
    conditions: asked.conditions.map(({ rule, missing, problem }) => {
      const lacking = bitsOf(missing);
      return {
        missing: lacking === null ? 0 : count(lacking, excluded),
        problem: problem ?? truthOf(rule)?.problem ?? null,
      };
    }),
    combinations: combinationsOf({
      conditions: asked.conditions.map(({ rule }) => bitsOf(rule) ?? nobody),
      excluded,
      earlier: union(asked.earlier.flatMap((rule) => bitsOf(rule) ?? [])),
      people: ground.people,
    }),
  };
}
