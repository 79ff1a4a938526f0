import { didYouMean } from "../../notebook/nearest.ts";
import { SourceFault } from "./fault.ts";
import type { Finding } from "./finding.ts";
import type { SourceBody } from "./schema.ts";

/** What one file, or a query, has. */
export interface Has {
  /** As the notebook names it; null for a query. */
  readonly path: string | null;
  readonly columns: readonly string[];
}

/** A column of the source: our name and the files' own. */
export interface LaidColumn {
  readonly name: string;
  readonly raw: string;
}

export interface Layout {
  /** Columns of all files, in the order in which they are first met. */
  readonly columns: readonly LaidColumn[];
  readonly findings: readonly Finding[];
  readonly faults: readonly SourceFault[];
}

/** Puts the columns of several files beside each other by name, renames them, and looks for every name that the source speaks of. */
export function layOut(has: readonly Has[], body: SourceBody, entity: string): Layout {
  const raw = [...new Set(has.flatMap(({ columns }) => columns))];
  const renamed = (name: string) => (Object.hasOwn(body.rename, name) ? (body.rename[name] ?? name) : name);
  const columns = raw.map((name) => ({ name: renamed(name), raw: name }));
  const faults = [...unknownRenames(raw, body), ...doubles(columns), ...unknownNames(columns, body, entity)];
  return { columns, findings: absent(has, columns), faults };
}

function unknownRenames(raw: readonly string[], body: SourceBody): SourceFault[] {
  const known = new Set(raw);
  return Object.keys(body.rename)
    .filter((name) => !known.has(name))
    .map((name) => unknown(name, raw, ["rename", name], "The file's columns"));
}

function doubles(columns: readonly LaidColumn[]): SourceFault[] {
  const firsts = new Map<string, LaidColumn>();
  return columns.flatMap((column) => {
    const before = firsts.get(column.name.toLowerCase());
    if (before === undefined) firsts.set(column.name.toLowerCase(), column);
    if (before === undefined) return [];
    const message =
      before.name === column.name
        ? `Two columns would be called \`${column.name}\`: \`${before.raw}\` and \`${column.raw}\`.`
        : `\`${before.name}\` and \`${column.name}\` are one name to SQL, which does not tell case apart.`;
    const path = before.raw === before.name && column.raw === column.name ? ["files"] : ["rename"];
    return [new SourceFault({ code: "duplicate-column", message, hint: "Rename one of them with `rename`." }, path)];
  });
}

function unknownNames(columns: readonly LaidColumn[], body: SourceBody, entity: string): SourceFault[] {
  const names = columns.map(({ name }) => name);
  const known = new Set(names);
  const wanted: { name: string; path: (string | number)[] }[] = [
    ...Object.keys(body.columns).map((name) => ({ name, path: ["columns", name] })),
    ...body.dedupe.map((name, index) => ({ name, path: ["dedupe", index] })),
    ...(body.at === null ? [] : [{ name: body.at, path: ["at"] }]),
    ...(body.events === null ? [] : [{ name: body.events.by, path: ["events", "by"] }]),
  ];
  const faults = wanted
    .filter(({ name }) => !known.has(name))
    .map(({ name, path }) => {
      const after = columns.find((column) => column.raw === name && column.name !== name);
      return after === undefined ? unknown(name, names, path, "Its columns") : useNewName(name, after.name, path);
    });
  const hasEvents = body.event !== null || body.events !== null;
  if (hasEvents && !names.includes(entity)) {
    const message = `The events need the entity's column \`${entity}\`, which the source does not have.`;
    const hint = didYouMean(entity, names, "Name it with `rename`, or correct `entity` in the notebook's head.");
    faults.push(new SourceFault({ code: "entity-missing", message, hint }, [body.event === null ? "events" : "event"]));
  }
  return faults;
}

function unknown(name: string, names: readonly string[], path: (string | number)[], whose: string): SourceFault {
  const known = names.slice(0, 12).map((one) => `\`${one}\``);
  const hint = didYouMean(name, names, `${whose}: ${known.join(", ")}${names.length > 12 ? ", …" : ""}.`);
  return new SourceFault({ code: "unknown-column", message: `There is no column \`${name}\`.`, hint }, path);
}

function useNewName(name: string, now: string, path: (string | number)[]): SourceFault {
  const message = `\`${name}\` is the file's name of the column; here it is called \`${now}\`.`;
  return new SourceFault({ code: "unknown-column", message, hint: `Write \`${now}\`.` }, path);
}

function absent(has: readonly Has[], columns: readonly LaidColumn[]): Finding[] {
  const held = has.map(({ path, columns: names }) => ({ path, names: new Set(names) }));
  return columns.flatMap(({ name, raw }) => {
    const without = held.filter(({ names }) => !names.has(raw)).map(({ path }) => path ?? "");
    if (without.length === 0) return [];
    const shown = without
      .slice(0, 3)
      .map((path) => `\`${path}\``)
      .join(", ");
    return [
      {
        check: "missing_column",
        column: name,
        severity: "warning" as const,
        rows: without.length,
        example: without[0] ?? null,
        message: `\`${name}\` is not in ${shown}${without.length > 3 ? ` and ${without.length - 3} more files` : ""}: missing there.`,
        hint: "Check that these files are of the same kind; `rename` may bring two names together.",
      },
    ];
  });
}
