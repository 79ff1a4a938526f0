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
  readonly ids: readonly string[];
}

/** What is to be written for a choice: sources that the notebook lacks, and the features' columns. */
export interface Chosen {
  readonly sources: readonly { readonly id: string; readonly body: string }[];
  readonly columns: readonly { readonly name: string; readonly expression: string; readonly feature: string }[];
  /** The notebook's events, and those of the new sources. */
  readonly events: readonly EventWord[];
}

export function choose({ picked, roles, days, categories }: Choice, { events, entity, ids }: Around): Chosen {
  const made = new Map<SourceName, { source: ReadySource; words: string; id: string | null }>();
  const name = (role: Role) => printRole(role, roles, ROLES[role].takes === "event");
  const wordsOf = (source: SourceName) => {
    const known = made.get(source);
    if (known !== undefined) return known.words;
    const fresh = SOURCES[source](roles, events, entity);
    if (fresh === null) return null;
    const found = existing(fresh, events);
    const words =
      found ??
      free(
        fresh.words,
        events.map((one) => one.words),
        " ",
      );
    made.set(source, { source: fresh, words, id: found === null ? free(fresh.id, ids, "_") : null });
    return words;
  };
  const columns = READY.filter(
    (feature) => picked.includes(feature.id) && missingFor(feature, roles).length === 0,
  ).flatMap((feature) => {
    const words = feature.source === null ? "" : wordsOf(feature.source);
    if (words === null) return [];
    const window = days === null || !feature.windowed ? "" : ` in last ${days} days`;
    const suffix = window === "" ? "" : `_${days}d`;
    const values = feature.each === undefined ? [""] : categories;
    return values.map((value) => ({
      name: `${[feature.id, namedAfter(value)].filter((part) => part !== "").join("_")}${suffix}`,
      expression: feature.expression({ roles, name, words, value, window }),
      feature: feature.id,
    }));
  });
  const added = [...made.values()].filter((one) => one.id !== null);
  return {
    sources: added.map(({ source, words, id }) => ({ id: id ?? "", body: sourceBody({ ...source, words }) })),
    columns,
    events: [...events, ...added.map(({ source, words, id }) => eventOf({ ...source, words }, id ?? "", entity))],
  };
}

/** Roles that a feature needs and nothing stands for. */
export function missingFor(feature: ReadyFeature, roles: Roles): Role[] {
  return feature.needs.filter((role) => roles[role] === undefined);
}

/** Why a feature whose roles are all there can't be had; null where it can. */
export function unfitFor(feature: ReadyFeature, roles: Roles, { events, entity }: Around): string | null {
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

/** The words of an event that was made of such a source before. */
function existing({ words, columns }: ReadySource, events: readonly EventWord[]): string | null {
  const found = events.find(
    (one) =>
      one.words.replace(/ \d+$/, "") === words &&
      columns.every(({ name }) => one.columns.some((column) => column.name === name)),
  );
  return found?.words ?? null;
}

function free(wanted: string, taken: readonly string[], between: string): string {
  if (!taken.includes(wanted)) return wanted;
  for (let number = 2; ; number++)
    if (!taken.includes(`${wanted}${between}${number}`)) return `${wanted}${between}${number}`;
}

function eventOf({ words, at, columns }: ReadySource, relation: string, entity: string): EventWord {
  return { words, relation, at, entity, where: null, columns };
}
