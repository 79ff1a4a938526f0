import { isMap, isScalar, isSeq, type ParsedNode, type Scalar } from "yaml";
import { keyText } from "./find.ts";
import type { YamlFault, YamlPath } from "./reading.ts";

/** The value of a document that must be a map, and what is wrong with its parts. */
export function mapValue(
  root: ParsedNode | null,
  rules: (path: YamlPath) => boolean,
): { value: Record<string, unknown> | null; faults: YamlFault[] } {
  const faults: YamlFault[] = [];
  if (root === null || (isScalar(root) && root.value === null && (root.source ?? "") === "")) {
    return { value: emptyMap(), faults };
  }
  if (!isMap(root)) {
    const found = isSeq(root) ? "a list" : "a single value";
    faults.push({
      code: "body-not-map",
      offset: root.range[0],
      message: `A map of keys and values was expected here, but this is ${found}.`,
      hint: "Write `key: value`, one a line.",
    });
    return { value: null, faults };
  }
  const value = nodeValue(root, [], { rules, faults });
  return { value: value as Record<string, unknown>, faults };
}

interface Context {
  readonly rules: (path: YamlPath) => boolean;
  readonly faults: YamlFault[];
}

function nodeValue(node: ParsedNode | null, path: YamlPath, context: Context): unknown {
  if (node === null) return null;
  if (isSeq<ParsedNode>(node)) return node.items.map((item, index) => nodeValue(item, [...path, index], context));
  if (isScalar(node)) return scalarValue(node, path, context);
  if (!isMap<ParsedNode, ParsedNode | null>(node)) return null;
  const map = emptyMap();
  for (const pair of node.items) {
    const key = keyText(pair.key);
    if (key === null) continue;
    const fault = keyFault(pair.key, key);
    if (fault) context.faults.push(fault);
    else map[key] = nodeValue(pair.value, [...path, key], context);
  }
  return map;
}

/** Maps without a prototype, so that no key of a file can be taken for one of the language's own. */
function emptyMap(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

function keyFault(node: ParsedNode, key: string): YamlFault | null {
  const offset = node.range[0];
  if (key === "__proto__") {
    return {
      code: "reserved-name",
      offset,
      message: "`__proto__` can't be used as a key.",
      hint: "Choose another name; a column of that name can be renamed by the file's `csv.names` or in SQL.",
    };
  }
  if (key !== "") return null;
  return {
    code: "empty-key",
    offset,
    message: "A key is missing before the colon.",
    hint: "Write `key: value`.",
  };
}

function scalarValue(node: Scalar & { range: [number, number, number] }, path: YamlPath, context: Context): unknown {
  const source = node.source ?? "";
  if (node.type !== "PLAIN") return typeof node.value === "string" ? node.value : source;
  if (source !== "" && (keepsSource(path) || context.rules(path))) return source;
  if (typeof node.value !== "number") return node.value ?? null;
  const fault = numberFault(node.value, source, node.range[0]);
  if (fault) context.faults.push(fault);
  return node.value;
}

function numberFault(value: number, source: string, offset: number): YamlFault | null {
  if (!Number.isFinite(value)) {
    return {
      code: "number-not-finite",
      offset,
      message: `\`${source}\` is not a finite number.`,
      hint: "Write a number, or leave the key out where there is no limit.",
    };
  }
  const whole = /^[-+]?[0-9]+$|^0[xo]/.test(source);
  if (!whole || Number.isSafeInteger(value)) return null;
  return {
    code: "number-too-large",
    offset,
    message: `\`${source}\` is beyond ±9007199254740991 and would be rounded.`,
    hint: `Quote it, '${source}', to keep it as it is.`,
  };
}

const TEXT_LISTS = new Set<string | number>(["one_of", "null_values", "options", "names"]);

/** Whether scalars at a path keep their source text: values and names of other people's data, where `01` is not 1. */
function keepsSource(path: YamlPath): boolean {
  if (path[0] === "spec") return false;
  const names = path.filter((step) => typeof step === "string");
  const last = names.at(-1);
  if (last !== undefined && TEXT_LISTS.has(last)) return true;
  return names.at(-2) === "names" && names[0] !== "columns";
}
