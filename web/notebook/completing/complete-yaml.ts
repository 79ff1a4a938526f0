import { completeExpression, completeRule, type Offer } from "../../../server/language/complete.ts";
import type { CompletionQuery, EditorCompletion } from "../../parts/editor.ts";
import { bodyShapes } from "./body-shapes.ts";
import { inputs } from "./complete-sql.ts";
import { fitting } from "./fitting.ts";
import type { Knowledge } from "./knowledge.ts";
import { type Shape, shapeAt, type ValueKind } from "./shape.ts";
import { type YamlPlace, yamlPlace } from "./yaml-place.ts";

/** What the notebook knows, and the workspace's files. */
export interface Surrounded {
  readonly known: Knowledge;
  readonly files: readonly string[];
}

/** Keys, values, rules and expressions that may stand at a place of a body that is YAML. */
export function completeYaml(
  { text, position, explicit }: CompletionQuery,
  kind: string,
  around: Surrounded,
): EditorCompletion[] {
  const whole = bodyShapes[kind] ?? null;
  const place = yamlPlace(text, position);
  const shape = shapeAt(whole, place.path);
  if (shape === null) return [];
  // An item of a list, or a rule that goes on in the next line, looks like a key until it has its colon.
  const isKey = place.what === "key" && (shape.keys !== undefined || shape.names !== undefined);
  if (isKey) return place.typed === "" && !explicit ? [] : keys(place, shape, { text, around });
  return values(place, shape, { text, explicit, around });
}

function keys(
  place: YamlPlace,
  shape: Shape,
  { text, around }: { text: string; around: Surrounded },
): EditorCompletion[] {
  const offered = Object.entries(shape.keys ?? {}).map(([label, inner]): EditorCompletion => {
    const opens = inner.value === undefined && (inner.keys !== undefined || inner.each !== undefined) && !place.flow;
    const indent = " ".repeat(place.from - (text.lastIndexOf("\n", place.from - 1) + 1) + 2);
    return { label, kind: "key", info: inner.means, apply: opens ? `${label}:\n${indent}` : `${label}: ` };
  });
  const named = shape.names === undefined ? [] : ofKind(shape.names, { text, around });
  const names = named.map((each) => ({ ...each, apply: `${each.apply ?? each.label}: ` }));
  const free = [...offered, ...names].filter(({ label }) => !place.siblings.includes(label));
  return fitting(free, place.typed).map((each) => ({ ...each, from: place.from }));
}

interface Around {
  readonly text: string;
  readonly explicit: boolean;
  readonly around: Surrounded;
}

function values(place: YamlPlace, shape: Shape, { text, explicit, around }: Around): EditorCompletion[] {
  const kind = shape.value ?? (place.what === "key" || place.flow ? undefined : shape.each?.value);
  if (kind === "rule" || kind === "feature") return spoken(kind, place, { text, explicit, around });
  const { typed } = place;
  if (typed === "" && !explicit) return [];
  if (typed.startsWith("$")) return fitting(inputs(around.known), typed).map((each) => ({ ...each, from: place.from }));
  if (kind === undefined) return [];
  if (kind === "condition") {
    const word = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(typed)?.[0] ?? "";
    if (word === "" && !explicit) return [];
    return fitting(ofKind("own column", { text, around }), word);
  }
  return fitting(ofKind(kind, { text, around }), typed.replace(/^["']/, "")).map((each) => ({
    ...each,
    from: place.from,
  }));
}

/** In a rule or an expression the language's own grammar says what may come. */
function spoken(kind: "rule" | "feature", place: YamlPlace, { text, explicit, around }: Around): EditorCompletion[] {
  const { scalar } = place;
  if (scalar === null || scalar.text.startsWith("{")) return [];
  const isBegun = /\S$/.test(scalar.text);
  if (!isBegun && !explicit) return [];
  const { known } = around;
  const of = kind === "feature" ? namedIn(text, "from") : namedIn(text, "of");
  const vocabulary = known.vocabulary(of);
  const complete = kind === "rule" ? completeRule : completeExpression;
  const values = (column: string, relation: string | null) => known.values(column, relation ?? of ?? "");
  const offers = complete(scalar.text, scalar.text.length, vocabulary, values);
  return offers.map((offer) => ({
    label: offer.label,
    kind: KIND_WORDS[offer.kind],
    apply: offer.text,
    from: scalar.offsets[offer.from] ?? place.from,
    ...(offer.detail === "" ? {} : offer.kind === "word" ? { info: offer.detail } : { detail: offer.detail }),
  }));
}

const KIND_WORDS: Readonly<Record<Offer["kind"], string>> = {
  attribute: "attribute",
  event: "event",
  property: "column",
  segment: "segment",
  input: "input",
  value: "value",
  word: "",
};

function ofKind(kind: ValueKind, { text, around }: { text: string; around: Surrounded }): EditorCompletion[] {
  const { known, files } = around;
  if (typeof kind === "object") return kind.oneOf.map((label) => ({ label, kind: "value" }));
  const columns = (relation: string | null) =>
    relation === null
      ? []
      : known
          .columnsOf(relation)
          .map(({ name, type }) => ({ label: name, kind: "column", detail: type.toLowerCase() }));
  switch (kind) {
    case "relation":
      return known.relations.map(({ name }) => ({ label: name, kind: "relation" }));
    case "segmentation":
      return known.segmentations.map((label) => ({ label, kind: "cell" }));
    case "column":
      return columns(namedIn(text, "of") ?? namedIn(text, "from"));
    case "own column":
      return columns(known.id);
    case "send column":
      return columns(namedIn(text, "sends") ?? namedIn(text, "counts"));
    case "event":
      return known.events.map(({ words, relation }) => ({ label: words, kind: "event", detail: relation }));
    case "file":
      return files.map((label) => ({ label, kind: "file" }));
    case "type":
      return TYPES.map((label) => ({ label, kind: "type" }));
    case "input":
      return inputs(known);
    case "condition":
    case "rule":
    case "feature":
      return [];
  }
}

const TYPES = [
  "text",
  "number",
  "BIGINT",
  "INTEGER",
  "DOUBLE",
  "'DECIMAL(12,2)'",
  "BOOLEAN",
  "DATE",
  "TIMESTAMP",
  "TIMESTAMP WITH TIME ZONE",
  "VARCHAR",
];

/** The relation that a key of the body names, also while the body can't be read. */
function namedIn(text: string, key: string): string | null {
  return new RegExp(`^${key}:[ \\t]*["']?([a-z_][a-z0-9_]*)`, "m").exec(text)?.[1] ?? null;
}
