/** What a chart's specification may not do, and what it is made into before it is drawn. Pure. */

export type Spec = Record<string, unknown>;

export interface Refusal {
  /** Where in the specification: `layer.0.data.url`. */
  path: string;
  message: string;
  hint: string;
}

const MOST_MADE = 100_000;
/** Settings that say how many of something a chart makes by itself. */
const MAKERS: ReadonlySet<string> = new Set(["steps", "minsteps", "maxsteps", "maxbins", "count", "tickCount"]);

/** Everything in a specification that would load something, reach out of its place, or make rows without end. */
export function refusals(spec: Spec): Refusal[] {
  const found: Refusal[] = [];
  visit(spec, [], (key, value, path) => {
    const reason = refuse(key, value);
    if (reason !== null) found.push({ path: path.join("."), ...reason });
  });
  return found;
}

function refuse(key: string, value: unknown): { message: string; hint: string } | null {
  if (key === "data" && isObject(value) && ("url" in value || "sequence" in value || "graticule" in value)) {
    return {
      message: "A chart draws the relation that it reads and loads nothing itself.",
      hint: "Take `data` out of the spec and name the relation under `of`.",
    };
  }
  if (key === "bind" && isObject(value) && "element" in value) {
    return { message: "An input of a chart stays in its chart.", hint: "Take `element` out of `bind`." };
  }
  if (typeof value === "string" && /\bsequence\s*\(/.test(unescaped(value))) {
    return { message: "`sequence` could make rows without end.", hint: "Compute the rows in a SQL cell." };
  }
  const made = madeRows(key, value);
  if (made <= MOST_MADE) return null;
  return {
    message: `\`${key}\` would make more than ${MOST_MADE.toLocaleString("en")} steps.`,
    hint: "Ask for fewer, or compute them in a SQL cell.",
  };
}

/** How many rows or bins a setting would make by itself. */
function madeRows(key: string, value: unknown): number {
  if (MAKERS.has(key)) return isWorkedOut(value) ? Number.POSITIVE_INFINITY : Number(value) || 0;
  if (key === "step" && (isWorkedOut(value) || Number(value) > 0)) return 1 / Number(value);
  if (key !== "keyvals" || !isObject(value)) return 0;
  const [start, stop, step] = [Number(value.start ?? 0), Number(value.stop), Number(value.step ?? 1)];
  return Math.abs((stop - start) / step);
}

/** Whether a number is known only once the chart is drawn. */
function isWorkedOut(value: unknown): boolean {
  return isObject(value) && ("signal" in value || "expr" in value);
}

/** A name in an expression may be written by its characters' numbers. */
function unescaped(text: string): string {
  return text.replace(/\\u\{?([0-9a-f]{1,6})\}?/gi, (written, digits: string) => {
    const code = Number.parseInt(digits, 16);
    return code > 0x10ffff ? written : String.fromCodePoint(code);
  });
}

/**
 * The specification as it is drawn: without what would change how it is drawn (`usermeta` overrides every option of
 * the embedder, `$schema` its language), named for screen readers, and as wide as its place unless it says otherwise.
 */
export function prepareSpec(spec: Spec, label: string): Spec {
  const { $schema: _schema, usermeta: _usermeta, ...kept } = spec;
  const single = !["facet", "hconcat", "vconcat", "concat", "repeat"].some((key) => key in kept) && !hasFacet(kept);
  const fills = single && kept.width === undefined;
  return {
    ...kept,
    description: kept.description ?? label,
    ...(fills ? { width: "container", autosize: { type: "fit-x", contains: "padding", resize: true } } : {}),
  };
}

function hasFacet(spec: Spec): boolean {
  const encoding = isObject(spec.encoding) ? spec.encoding : {};
  return "row" in encoding || "column" in encoding || "facet" in encoding;
}

/** Fields that the specification reads as times. */
export function temporalFields(spec: Spec): Set<string> {
  const fields = new Set<string>();
  visit({ spec }, [], (_key, value) => {
    if (!isObject(value) || typeof value.field !== "string") return;
    if (value.type === "temporal" || value.timeUnit !== undefined) fields.add(value.field);
  });
  return fields;
}

/** Fields that neither the relation has nor, as far as can be told, a transform makes. */
export function unknownFields(spec: Spec, columns: readonly string[]): string[] {
  let transforms = false;
  const fields = new Set<string>();
  visit({ spec }, [], (key, value) => {
    if (key === "transform") transforms = true;
    if (isObject(value) && typeof value.field === "string") fields.add(value.field.replaceAll("\\", ""));
  });
  if (transforms) return [];
  return [...fields].filter((field) => !columns.includes(field));
}

function visit(value: unknown, path: string[], see: (key: string, value: unknown, path: string[]) => void): void {
  if (!isObject(value) && !Array.isArray(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const place = [...path, key];
    see(key, inner, place);
    visit(inner, place, see);
  }
}

function isObject(value: unknown): value is Spec {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
