import { describeEvents } from "../language/describe.ts";
import { parseExpression } from "../language/parse-expression.ts";
import { literal } from "../language/quote.ts";
import { type EventsAsked, subjectsOf } from "../language/sql-evidence.ts";
import { stepsOf } from "../language/sql-expression.ts";
import type { Expression } from "../language/tree.ts";
import type { EventWord, Vocabulary } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import { nearest } from "../notebook/nearest.ts";
import type { Ask } from "./asks.ts";
import type { ResultCache } from "./cache.ts";
import { type Located, locate } from "./locate.ts";
import type { Plan } from "./plan.ts";
import { columnsOf } from "./studied.ts";
import { eventWords } from "./study-context.ts";

/** Which column of which cell. */
export interface FeatureAsk extends Ask {
  readonly cell: string;
  readonly feature: string;
}

export interface Asking {
  readonly plan: Plan;
  readonly cache: ResultCache;
  readonly signal: AbortSignal;
}

export interface EventsBehind {
  readonly asked: EventsAsked;
  readonly event: EventWord;
  /** Which events count, in plain words. */
  readonly words: string;
  /** Columns that the feature speaks of. */
  readonly spoken: readonly string[];
}

export interface Behind {
  /** The cell's result. */
  readonly of: Located;
  readonly entity: string;
  /** Each kind of event with its WHERE and window once. */
  readonly events: readonly EventsBehind[];
}

/** What a feature is made of, where its cell and the sources of its events have been computed; or why that can't be told. */
export async function behindOf({ cell, feature }: FeatureAsk, { plan, cache }: Asking): Promise<Behind | Problem> {
  const { studies, notebook } = plan;
  const studied = plan.cells.find((one) => one.cell.id === cell);
  const body = studied?.reading?.body;
  const texts = body === undefined ? null : (studied?.kind?.behind?.(body, feature) ?? null);
  if (texts === null) {
    const near = nearest(feature, studied?.study?.yields[0]?.columns?.map(({ name }) => name) ?? []);
    const hint = near.length > 0 ? `Did you mean \`${near[0]}\`?` : "Name a features cell and one of its columns.";
    return fault(cell, { code: "unknown-feature", message: `\`${cell}\` has no feature \`${feature}\`.`, hint });
  }
  const of = await locate(plan, cell, cache);
  if ("code" in of) return of;
  const { clock, inputs } = studies.request;
  const known = await eventWords(studies, texts, async (source) => columnsOf(await studies.of(source), ""));
  const vocabulary: Vocabulary = { attributes: [], events: known, segments: [], inputs, provisional: true };
  const events = new Map<string, EventsBehind>();
  for (const text of texts) {
    const { expression, problems } = parseExpression(text, vocabulary);
    if (expression === null) return fault(cell, problems[0] ?? UNREAD);
    const properties = measuredIn(expression);
    for (const { step, window } of stepsOf(expression)) {
      const words = describeEvents(step, window, clock);
      const event = known.find((one) => one.words === step.words && one.relation === step.relation);
      const source = await locate(plan, step.relation, cache);
      if ("code" in source) return source;
      if (event === undefined) return fault(cell, UNREAD);
      const asked = { step, window, vocabulary, clock, from: fileSql(source) };
      const key = JSON.stringify([step.relation, words]);
      const before = events.get(key)?.spoken ?? [];
      const property = properties.get(step);
      const spoken = [...before, ...(property === undefined ? [] : [property]), ...subjectsOf(step.where)];
      events.set(key, { asked, event, words, spoken });
    }
  }
  return { of, entity: notebook.head.entity, events: [...events.values()] };
}

/** A result's rows, for SQL. */
export function fileSql({ file }: Located): string {
  return `read_parquet(${literal(file)})`;
}

export function fault(cell: string, { code, message, hint }: Pick<Problem, "code" | "message" | "hint">): Problem {
  return { code, severity: "error", cell, line: null, column: null, message, hint };
}

const UNREAD = { code: "not-computed", message: "The feature can't be read as it stands.", hint: "Run the cell." };

/** The columns that measures take, by the measures' events. */
function measuredIn(expression: Expression): Map<unknown, string> {
  if (expression.kind === "arithmetic")
    return new Map([...measuredIn(expression.left), ...measuredIn(expression.right)]);
  if (expression.kind === "negative") return measuredIn(expression.part);
  const isMeasured = expression.kind === "measure" && expression.property !== null;
  return new Map(isMeasured ? [[expression.step, expression.property.name]] : []);
}
