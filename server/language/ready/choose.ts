import type { EventWord } from "../vocabulary.ts";
import { namedAfter, printRole, READY, type ReadyFeature } from "./features.ts";
import { ROLES, type Role, type Roles } from "./roles.ts";
import { type ReadySource, SOURCES, type SourceName, sourceBody } from "./sources.ts";

export interface Choice {
  /** Ids of features. */
  readonly picked: readonly string[];
  readonly roles: Roles;
  /** Days of the window; null for all time. */
  readonly days: number | null;
  /** Values that get a share each. */
  readonly categories: readonly string[];
}

/** What the notebook has. */
export interface Around {
  readonly events: readonly EventWord[];
  readonly entity: string;
  /** Ids of its cells. */
  readonly ids: readonly string[];
  /** Columns that the features cell has: they are not written again. */
  readonly columns: readonly string[];
}

/** What is to be written for a choice: sources that the notebook lacks, and the features' columns. */
export interface Chosen {
  readonly sources: readonly { readonly id: string; readonly body: string }[];
  readonly columns: readonly { readonly name: string; readonly expression: string; readonly feature: string }[];
  /** The notebook's events, and those of the new sources. */
  readonly events: readonly EventWord[];
}

interface Needed {
  readonly id: string;
  readonly source: ReadySource;
  /** Whether the notebook has it already. */
  readonly isThere: boolean;
}

export function choose({ picked, roles, days, categories }: Choice, around: Around): Chosen {
  const name = (role: Role) => printRole(role, roles, ROLES[role].takes === "event");
  const wanted = READY.filter(({ id }) => picked.includes(id)).flatMap((feature) => {
    if (missingFor(feature, roles).length > 0 || unfitFor(feature, roles, around) !== null) return [];
    const values = feature.each === undefined ? [""] : categories;
    const named = distinctly(values, (value) => columnName(feature, value, days));
    return named
      .map(({ value, name: column }) => ({ feature, value, column }))
      .filter(({ column }) => !around.columns.includes(column));
  });
  const needed = new Map<SourceName, Needed>();
  for (const { source } of wanted.map(({ feature }) => feature)) {
    const made = source === null ? null : SOURCES[source](roles, around.events, around.entity);
    if (source !== null && made !== null) needed.set(source, neededFor(made, around));
  }
  const columns = wanted.map(({ feature, value, column }) => {
    const words = feature.source === null ? "" : (needed.get(feature.source)?.source.words ?? "");
    const window = days === null || !feature.windowed ? "" : ` in last ${days} days`;
    return { name: column, expression: feature.expression({ roles, name, words, value, window }), feature: feature.id };
  });
  const added = [...needed.values()].filter(({ isThere }) => !isThere);
  return {
    sources: added.map(({ id, source }) => ({ id, body: sourceBody(source) })),
    columns,
    events: [...around.events, ...added.map(({ id, source }) => eventOf(source, id, around.entity))],
  };
}

/** A source under names that are free, or the one that was made of it before. */
function neededFor(source: ReadySource, { events, ids }: Around): Needed {
  const found = existing(source, events);
  if (found !== null) return { id: found.relation, source: { ...source, words: found.words }, isThere: true };
  const taken = events.map(({ words }) => words);
  const id = free(source.id, ids, "_");
  return { id, source: { ...source, words: free(source.words, taken, " ") }, isThere: false };
}

/** What a feature's column is called: `share_kitchen_90d`. */
export function columnName({ id, windowed }: ReadyFeature, value: string, days: number | null): string {
  const parts = [id, namedAfter(value), ...(days !== null && windowed ? [`${days}d`] : [])];
  return parts.filter((part) => part !== "").join("_");
}

/** Values with their names; of two that come to one name, such as `A-1` and `A 1`, the second gets a number. */
function distinctly(values: readonly string[], nameOf: (value: string) => string) {
  const names: string[] = [];
  return values.map((value) => {
    const name = free(nameOf(value), names, "_");
    names.push(name);
    return { value, name };
  });
}

/** Roles that a feature needs and nothing stands for. */
export function missingFor(feature: ReadyFeature, roles: Roles): Role[] {
  return feature.needs.filter((role) => roles[role] === undefined);
}

/** Why a feature whose roles are all there can't be had; null where it can. */
export function unfitFor(
  feature: ReadyFeature,
  roles: Roles,
  { events, entity }: Pick<Around, "events" | "entity">,
): string | null {
  if (feature.source === null || missingFor(feature, roles).length > 0) return null;
  return SOURCES[feature.source](roles, events, entity) === null ? "The times tell the day only." : null;
}

/** Roles that a feature may speak of, those that it can do without among them. */
export function rolesOf(feature: ReadyFeature): Role[] {
  const also: Readonly<Partial<Record<Role, readonly Role[]>>> = {
    page: ["session"],
    opened: feature.needs.includes("clicked") ? ["send", "machine_open"] : ["machine_open"],
    clicked: ["machine_click"],
  };
  return feature.needs.flatMap((role) => [role, ...(also[role] ?? [])]);
}

/** An event that was made of such a source before. */
function existing({ words, columns }: ReadySource, events: readonly EventWord[]): EventWord | null {
  const found = events.find(
    (one) =>
      one.words.replace(/ \d+$/, "") === words &&
      columns.every(({ name }) => one.columns.some((column) => column.name === name)),
  );
  return found ?? null;
}

function free(wanted: string, taken: readonly string[], between: string): string {
  if (!taken.includes(wanted)) return wanted;
  for (let number = 2; ; number++)
    if (!taken.includes(`${wanted}${between}${number}`)) return `${wanted}${between}${number}`;
}

function eventOf({ words, at, columns }: ReadySource, relation: string, entity: string): EventWord {
  return { words, relation, at, entity, where: null, columns };
}
