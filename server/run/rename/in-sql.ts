import { type Engine, EngineFailure } from "../../engine/engine.ts";
import type { NamePlace, NamePlaces } from "../../engine/name-places.ts";
import { name as quoted } from "../../language/quote.ts";
import { type Replacement, withReplacements } from "../../notebook/edit/replacements.ts";
import type { NewNames } from "./new-names.ts";

/** A piece of SQL that could not be changed: it can't be parsed, or would mean something else afterwards. */
export interface Unchanged {
  readonly why: "unreadable" | "taken";
}

/** What is put around a condition so that the engine reads it as one SELECT. */
const AROUND = { query: ["", ""], condition: ["SELECT (\n", "\n)"] } as const;

/** What changes in a piece of SQL where relations and inputs are called otherwise: names alone, never texts, aliases or comments. */
export async function renameInSql(
  sql: string,
  kind: keyof typeof AROUND,
  { names, engine }: { names: NewNames; engine: Engine },
): Promise<readonly Replacement[] | Unchanged> {
  const [before, after] = AROUND[kind];
  const found = await placesIn(`${before}${sql}${after}`, engine);
  if (found === null) return { why: "unreadable" };
  const changed = found.places.flatMap((place) => {
    const name = newName(place, names);
    return name === null ? [] : [{ place, name }];
  });
  if (changed.length === 0) return [];
  const given = new Set(found.given);
  if (changed.some(({ place, name }) => place.role !== "parameter" && given.has(name))) return { why: "taken" };
  // A word that SQL keeps for itself is a name only in quotes.
  for (const isQuoted of [false, true]) {
    const replacements = changed.map(({ place, name }) => ({
      ...{ from: place.from - before.length, to: place.to - before.length },
      text: written(place, name, isQuoted),
    }));
    const now = await placesIn(`${before}${withReplacements(sql, replacements)}${after}`, engine);
    if (now !== null && isSame(found, now, names)) return replacements;
  }
  return { why: "taken" };
}

/** Whether a name stands alone in it where it may be a whole row: such a place is not changed. */
export async function mayBeRow(sql: string, names: NewNames, engine: Engine): Promise<boolean> {
  const found = await placesIn(sql, engine);
  return found?.alone.some((name) => names.relation(name) !== null) === true;
}

async function placesIn(sql: string, engine: Engine): Promise<NamePlaces | null> {
  try {
    return await engine.places(sql);
  } catch (error) {
    if (error instanceof EngineFailure) return null;
    throw error;
  }
}

function newName({ role, name }: NamePlace, names: NewNames): string | null {
  return role === "parameter" ? names.input(name) : names.relation(name);
}

function written({ role, quoted: wasQuoted }: NamePlace, name: string, isQuoted: boolean): string {
  if (role === "parameter") return `$${name}`;
  return wasQuoted || isQuoted ? quoted(name) : name;
}

/** Whether the statement names the same things in the same places as before. */
function isSame(before: NamePlaces, after: NamePlaces, names: NewNames): boolean {
  const told = ({ role, name }: NamePlace) => `${role} ${name}`;
  const wanted = before.places.map((place) => told({ ...place, name: newName(place, names) ?? place.name }));
  return wanted.join("\n") === after.places.map(told).join("\n");
}
