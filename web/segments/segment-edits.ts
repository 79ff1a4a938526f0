import { parseRule } from "../../server/language/parse-rule.ts";
import { printName } from "../../server/language/print-name.ts";
import type { Rule, SegmentName } from "../../server/language/tree.ts";
import { moveKey } from "../../server/notebook/edit/move-key.ts";
import { removeScalar } from "../../server/notebook/edit/remove-scalar.ts";
import { renameKey } from "../../server/notebook/edit/rename-key.ts";
import { setScalar } from "../../server/notebook/edit/set-scalar.ts";
import type { Edited } from "../../server/notebook/edit/target.ts";
import { parseNotebook } from "../../server/notebook/parse.ts";
import type { Session } from "../state/session.ts";
import type { Change } from "../state/structure.ts";
import { vocabularyOf } from "./builder/knows.ts";
import type { SegmentAt } from "./segment-at.ts";
import { bodyOf, writtenRules } from "./written-rules.ts";

/** Takes a segment out of its cell. */
export function deletion({ session, cell, segment }: SegmentAt): Change {
  const rest = removeScalar(session.notebook.text, cell.id, ["segments", segment]);
  const shares = controlOf(cell);
  const path = shares.length === 1 ? ["control"] : ["control", segment];
  const text = typeof rest === "string" && shares.includes(segment) ? removeScalar(rest, cell.id, path) : rest;
  return { label: `Deleted the segment ${segment}`, text, at: cell.id };
}

/** Adds a copy of a segment below it. */
export function duplication({ session, cell, segment, names }: SegmentAt): Change & { readonly name: string } {
  const rule = writtenRules(cell)?.find(({ name }) => name === segment);
  const name = freeName(segment, names);
  const next = names[names.indexOf(segment) + 1] ?? null;
  const added = setScalar(session.notebook.text, cell.id, ["segments", name], rule?.text ?? "");
  const text = typeof added === "string" && next !== null ? moveKey(added, cell.id, ["segments", name], next) : added;
  return { label: `Added the segment ${name}`, text, at: cell.id, name };
}

/** Moves a segment past its neighbour; in an exclusive cell that changes who counts for it. */
export function movement({ session, cell, segment, names }: SegmentAt, direction: "up" | "down"): Change {
  const place = names.indexOf(segment);
  const before = direction === "up" ? (names[place - 1] ?? segment) : (names[place + 2] ?? null);
  const isEnd = direction === "up" ? place <= 0 : place >= names.length - 1;
  const text = isEnd ? session.notebook.text : moveKey(session.notebook.text, cell.id, ["segments", segment], before);
  return { label: `Moved the segment ${segment} ${direction}`, text, at: cell.id };
}

/** Gives a segment another name, in the rules of the notebook that name it too. */
export function renaming({ session, cell, segment }: SegmentAt, name: string): Change {
  const label = `Renamed the segment ${segment} to ${name}`;
  let text: Edited = renameKey(session.notebook.text, cell.id, ["segments", segment], name);
  if (typeof text === "string" && controlOf(cell).includes(segment))
    text = renameKey(text, cell.id, ["control", segment], name);
  for (const { id, path, rule } of mentions(session, { cell: cell.id, name: segment }, name)) {
    if (typeof text !== "string") break;
    const own = id === cell.id && path[1] === segment ? ["segments", name] : path;
    text = setScalar(text, id, own, rule);
  }
  return { label, text, at: cell.id };
}

/** Why a segment can't have a name; null where it can. */
export function nameFault(
  { cell, names, segment }: Pick<SegmentAt, "cell" | "names"> & { segment: string | null },
  name: string,
): string | null {
  if (name.trim() === "") return "A segment needs a name.";
  if (name !== name.trim()) return "A name has no spaces at its ends.";
  if (name === segment) return null;
  if (names.includes(name) || bodyOf(cell)?.otherwise === name) return `${name} is there already.`;
  return /[\r\n]/.test(name) || name === "__proto__" ? "This can't be a name." : null;
}

/** Cells that say a segment's name as a text, such as SQL that asks for it: they are left as they are. */
export function namedElsewhere({ session, cell, segment }: SegmentAt): string[] {
  const quoted = `'${segment.replaceAll("'", "''")}'`;
  return session.notebook.cells.filter(({ id, body }) => id !== cell.id && body.includes(quoted)).map(({ id }) => id);
}

/** Segments that have a share of their own held out. */
function controlOf(cell: SegmentAt["cell"]): string[] {
  const control = bodyOf(cell)?.control;
  return typeof control === "object" && control !== null ? Object.keys(control) : [];
}

function freeName(name: string, names: readonly string[]): string {
  const stem = name.replace(/ \d+$/, "");
  for (let number = 2; ; number += 1) if (!names.includes(`${stem} ${number}`)) return `${stem} ${number}`;
}

/** Rules that name a segment, with the other name put in. */
function mentions(session: Session, of: { cell: string; name: string }, name: string) {
  return parseNotebook(session.notebook.text).cells.flatMap((cell) => {
    if (cell.kind !== "segments" && cell.kind !== "score") return [];
    const { vocabulary } = vocabularyOf(session, cell);
    return (writtenRules(cell) ?? []).flatMap(({ path, text }) => {
      const { rule } = parseRule(text, vocabulary);
      const found =
        rule === null ? [] : segmentsIn(rule).filter((each) => each.cell === of.cell && each.name === of.name);
      if (found.length === 0) return [];
      const written = (each: SegmentName) => `${each.qualified ? `${each.cell}.` : ""}${printName(name)}`;
      const edited = [...found]
        .sort((a, b) => b.from - a.from)
        .reduce((all, each) => all.slice(0, each.from) + written(each) + all.slice(each.to), text);
      return [{ id: cell.id, path, rule: edited }];
    });
  });
}

function segmentsIn(rule: Rule): SegmentName[] {
  if (rule.kind === "and" || rule.kind === "or") return rule.parts.flatMap(segmentsIn);
  if (rule.kind === "not") return segmentsIn(rule.part);
  return "segment" in rule ? [rule.segment] : [];
}
