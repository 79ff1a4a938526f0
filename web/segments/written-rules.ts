import { field } from "../../server/figures/segmentation.ts";
import type { Cell } from "../../server/notebook/model.ts";
import { rulePlaces } from "../../server/notebook/rule-places.ts";
import { parseYaml } from "../../server/notebook/yaml/parse.ts";
import type { YamlPath } from "../../server/notebook/yaml/reading.ts";
import { mapValue } from "../../server/notebook/yaml/value.ts";

/** A rule as it stands in a cell's text now, whatever was planned or run of it. */
export interface WrittenRule {
  /** The segment's name; of a score rule `points_1`, `points_2`, … as its columns are called. */
  readonly name: string;
  readonly text: string;
  readonly path: YamlPath;
}

/** A cell's rules in the order of its text; null where its YAML can't be read. */
export function writtenRules(cell: Cell): readonly WrittenRule[] | null {
  const body = bodyOf(cell);
  if (body === null) return null;
  if (cell.kind === "score") {
    const points = field(body, "points");
    return Array.isArray(points) ? points.map((point: unknown, index) => ruleOf(point, index)) : [];
  }
  const segments = field(body, "segments");
  if (typeof segments !== "object" || segments === null) return [];
  return Object.entries(segments).map(([name, text]) => ({ name, text: textOf(text), path: ["segments", name] }));
}

/** A cell is never changed, a text makes new ones: each is read once, however many ask. */
const bodies = new WeakMap<Cell, Record<string, unknown> | null>();

/** A cell's body as its text says it now; null where its YAML can't be read. */
export function bodyOf(cell: Cell): Record<string, unknown> | null {
  const known = bodies.get(cell);
  if (known !== undefined) return known;
  const body = readBody(cell);
  bodies.set(cell, body);
  return body;
}

function readBody(cell: Cell): Record<string, unknown> | null {
  const document = parseYaml(cell.body.replace(/\r\n?/g, "\n"));
  return document.errors.length > 0 ? null : mapValue(document.contents, rulePlaces(cell.kind)).value;
}

function ruleOf(point: unknown, index: number): WrittenRule {
  return { name: `points_${index + 1}`, text: textOf(field(point, "when")), path: ["points", index, "when"] };
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}
