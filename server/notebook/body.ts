import type { Cell } from "./model.ts";
import { rulePlaces } from "./rule-places.ts";
import { readYaml, type YamlReading } from "./yaml/read.ts";
import type { YamlPath } from "./yaml/reading.ts";

/** Reads a cell's body as strict YAML; places are the notebook's lines and columns. Not for SQL. */
export function parseBody(cell: Cell, options: { rules?: (path: YamlPath) => boolean } = {}): YamlReading {
  return readYaml(cell.body, {
    cell: cell.id,
    line: cell.bodyLine,
    rules: options.rules ?? rulePlaces(cell.kind),
  });
}
