import { isScalar, type ParsedNode } from "yaml";
import { lineStarts, type Place, placeOf } from "../lines.ts";
import type { Problem } from "../model.ts";
import { nodeAt, pairAt } from "./find.ts";
import { parseYaml } from "./parse.ts";
import type { YamlFault, YamlPath, YamlPlace } from "./reading.ts";
import { refusedFaults } from "./refused.ts";
import { ruleFaults } from "./rule-faults.ts";
import { IN_STEP, syntaxFaults } from "./syntax.ts";
import { mapValue } from "./value.ts";

/** A map read from strict YAML, and where each part of it stands in the notebook. */
export interface YamlReading {
  /** Null where anything is wrong. Maps have no prototype. */
  readonly value: Record<string, unknown> | null;
  readonly problems: Problem[];
  /** Place of the value at a path, or of the nearest part above it that exists. */
  at(path: YamlPath): Place;
  /** Place of the key at a path, or of the nearest part above it that exists. */
  keyAt(path: YamlPath): Place;
  /** A scalar as it was written, `01` for the number 1; null where there is none. */
  source(path: YamlPath): string | null;
}

/** Reads strict YAML 1.2 (core schema) that must be a map; an empty text is an empty map. */
export function readYaml(text: string, place: YamlPlace): YamlReading {
  const document = parseYaml(text);
  const { value, faults } = mapValue(document.contents, place.rules);
  const cut = ruleFaults(document, text, place.rules);
  // Beyond a slip that throws the parser out of step, what the tree holds is guesswork.
  const lost = document.errors.find(({ code }) => !IN_STEP.has(code))?.pos[0] ?? text.length;
  const told = [...cut.faults, ...refusedFaults(document, text), ...faults].filter(({ offset }) => offset <= lost);
  const found = firstPerOffset([...syntaxFaults(document, text, place.rules), ...told]).filter(
    ({ offset }) => offset <= cut.believed,
  );
  const starts = lineStarts(text);
  const placeAt = (offset: number): Place => {
    const { line, column } = placeOf(starts, offset);
    return { line: line + place.line - 1, column };
  };
  return {
    value: found.length === 0 && document.errors.length === 0 ? value : null,
    problems: found.map(({ offset, ...fault }) => ({
      ...fault,
      severity: "error",
      cell: place.cell,
      ...placeAt(offset),
    })),
    at: (path) => placeAt(valueOffset(document.contents, path)),
    keyAt: (path) => placeAt(pairAt(document.contents, path)?.key.range?.[0] ?? valueOffset(document.contents, path)),
    source: (path) => {
      const node = nodeAt(document.contents, path);
      return isScalar(node) && typeof node.source === "string" ? node.source : null;
    },
  };
}

function valueOffset(root: ParsedNode | null, path: YamlPath): number {
  for (let length = path.length; length >= 0; length--) {
    const part = path.slice(0, length);
    const node = nodeAt(root, part);
    // An absent value has an empty range after its key; the key is the better place to point at.
    const pair = pairAt(root, part);
    if (pair && isScalar(node) && node.range[0] === node.range[1]) return pair.key.range?.[0] ?? node.range[0];
    if (node) return node.range[0];
  }
  return 0;
}

function firstPerOffset(faults: YamlFault[]): YamlFault[] {
  const seen = new Set<number>();
  const sorted = [...faults].sort((a, b) => a.offset - b.offset);
  return sorted.filter(({ offset }) => !seen.has(offset) && seen.add(offset));
}
