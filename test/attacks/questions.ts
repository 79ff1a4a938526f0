import { tmpdir } from "node:os";
import fc from "fast-check";
import { cell, PATH } from "../server/run/notebook-runs.ts";

/** The notebook that is asked about. */
export const TEXT = `---\nsegbook: 1\nentity: customer_id\nas_of: 2026-10-31\n---\n\n${[
  cell("input", "least", "type: number\ndefault: 5"),
  cell(
    "source",
    "orders",
    "files: orders.csv\ncolumns: {customer_id: BIGINT, amount: DOUBLE, ordered_at: TIMESTAMP}\nevent: placed order\nat: ordered_at",
  ),
  cell(
    "features",
    "facts",
    "columns:\n  spend: sum of amount of placed order\n  n: count of placed order in last 30 days",
  ),
  cell("segments", "groups", "of: facts\nsegments:\n  Big: spend > $least\n  New: placed order in last 30 days"),
  cell("score", "warmth", "of: facts\npoints:\n  - {when: spend > 5, add: 3}\nbands: {Hot: '>= 3', Cold: '>= 0'}"),
].join("")}`;

const PATHS = [
  ...[PATH, "notebooks/none.md", "notebooks/link.md", "../theirs/notebooks/theirs.md", "/etc/passwd"],
  ...["notebooks/../../theirs/notebooks/theirs.md", "notebooks/%2e%2e/x.md", "data/orders.csv", "notebooks/a\0.md"],
];
const NAMES = [
  ...["orders", "facts", "groups", "warmth", "groups_held_out", "orders_audit", "membership", "least", "none"],
  ...[
    "__proto__",
    "constructor",
    "../orders",
    "facts; DROP TABLE facts",
    "facts' OR 1=1 --",
    '"',
    "`",
    "\0",
    "💥",
    "A".repeat(5_000),
  ],
  ...["Big", "New", "Hot", "spend", "n", "amount", "customer_id", "points_1", "band", "placed order"],
];
const TEXTS = [
  ...[
    "1",
    "2",
    "-1",
    "1e400",
    "NaN",
    "",
    " ",
    "'",
    "''",
    "%",
    "_",
    "$least",
    "read_text('/etc/passwd')",
    "null",
    "\ud800",
  ],
  ...[
    "spend > 5",
    "spend >",
    "placed order at least 1 times",
    "IN SEGMENT Big",
    "IN SEGMENT `",
    "(".repeat(300),
    "NOT ".repeat(300),
  ],
];
const MOMENTS = [
  "2026-10-31",
  "2026-02-30",
  "now",
  "0000-00-00",
  "9999-12-31",
  "-271821-04-20",
  "+275760-09-13",
  "$least",
  "x",
  "",
];
/** A notebook that would read what is not the workspace's. */
const HOSTILE = `${TEXT}${cell("source", "theirs", "files: ../../theirs/data/orders.csv")}${cell(
  "sql",
  "read",
  `SELECT * FROM read_csv('${tmpdir()}/x.csv')`,
)}`;

const odd = fc.oneof(
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
);
const among = (values: readonly string[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: odd });
const path = fc.oneof({ weight: 6, arbitrary: fc.constant(PATH) }, { weight: 1, arbitrary: among(PATHS) });
const name = among(NAMES);
const text = fc.oneof(among(TEXTS), among(NAMES));
const number = fc.oneof(fc.integer({ min: -2, max: 40 }), fc.constantFrom(1e9, 1e21, 0.5, -0));
const anything = fc.oneof(text, number, fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 2 }));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });
const set = optional(
  fc.dictionary(fc.constantFrom("least", "none", "__proto__"), fc.oneof(number, text), { maxKeys: 2 }),
);
const asOf = fc.option(among(MOMENTS), { nil: undefined, freq: 1 });
const segment = fc.record({ cell: name, name });
const unsaved = fc.option(fc.constantFrom(TEXT, HOSTILE, "", "---\nsegbook: 9\n---\n", "\0"), {
  nil: undefined,
  freq: 1,
});
const common = { path, set, asOf };

/** Parameters as each route names them; now and then one is anything at all. */
const GETS: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  rates: { segments: fc.array(segment, { maxLength: 8 }) },
  history: { segments: optional(fc.array(segment, { maxLength: 8 })) },
  profile: { segments: fc.array(segment, { maxLength: 8 }) },
  person: { entity: text, kind: optional(name), offset: optional(number), limit: optional(number) },
  "person/events": { entity: text, kind: optional(name), offset: optional(number), limit: optional(number) },
  people: { prefix: text, limit: optional(number) },
  evidence: { cell: name, feature: name, person: text, offset: optional(number), limit: optional(number) },
  without: { cell: name, feature: name },
  result: {
    relation: name,
    sort: optional(name),
    offset: optional(number),
    limit: optional(number),
    key: optional(text),
  },
  summary: { relation: name, key: optional(text) },
  alerts: { cell: optional(name) },
  audit: { before: optional(number), limit: optional(number) },
};
const POSTS: typeof GETS = {
  preview: {
    ...{ text: unsaved, cell: name, rule: fc.option(text), conditions: fc.array(text, { maxLength: 3 }) },
    accuracy: fc.constantFrom("quick", "exact", "perhaps"),
  },
  values: {
    text: unsaved,
    relation: name,
    column: name,
    where: fc.option(fc.record({ column: name, value: text })),
    search: text,
  },
  explain: { text: unsaved, cell: name, rule: optional(name) },
  replay: { text: unsaved, cell: name, segment: name, weeks: optional(fc.integer({ min: -1, max: 3 })) },
  "replay/people": {
    ...{ text: unsaved, cell: name, segment: name, weeks: fc.constant(2), week: fc.integer({ min: -1, max: 3 }) },
    ...{ who: fc.constantFrom("in", "entered", "left", "x"), offset: optional(number), limit: optional(number) },
  },
  "segment/write": {
    text: unsaved,
    cell: name,
    segment: name,
    format: fc.constantFrom("sql", "jsonlogic", "tree", "klaviyo", "hubspot", "x"),
  },
  "segment/read": {
    text: unsaved,
    cell: name,
    format: fc.constantFrom("sql", "jsonlogic", "tree", "klaviyo", "hubspot", "posthog"),
    source: text,
  },
  plan: { text: unsaved },
  complete: { before: text },
};

/** A question to the server. */
export interface Asked {
  readonly method: "GET" | "POST";
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What each route takes, and what it does not. */
export const asked: fc.Arbitrary<Asked> = fc.oneof(
  ...Object.entries(GETS).map(([route, own]) => askedOf("GET", route, own)),
  ...Object.entries(POSTS).map(([route, own]) => askedOf("POST", route, own)),
);

function askedOf(
  method: Asked["method"],
  route: string,
  own: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<Asked> {
  const all = Object.entries({ ...common, ...own });
  const parameters = all.map(([key, arbitrary]) =>
    fc
      .oneof({ weight: 30, arbitrary }, { weight: 1, arbitrary: anything })
      .map((value): [string, unknown] => [key, value]),
  );
  return fc.tuple(...parameters).map((pairs) => ({ method, route, parameters: Object.fromEntries(pairs) }));
}
