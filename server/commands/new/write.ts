import { printColumn, printName } from "../../language/print-name.ts";
import { renderKey, renderScalar } from "../../notebook/yaml/render.ts";
import type { SeenFile } from "./look.ts";
import { quoted, remakeSql } from "./remake.ts";

/** A file whose rows are something that people did. */
export interface Event {
  readonly id: string;
  readonly words: string;
  readonly at: string;
  readonly amount: string | null;
  /** Where the amount is to be made of these two. */
  readonly priced: { readonly quantity: string; readonly price: string } | null;
  /** What is counted instead of rows, such as an order's number. */
  readonly counted: string | null;
  /** About how many people there are in it. */
  readonly people: number;
  /** Day of its newest row, `2026-10-31`. */
  readonly newest: string;
  /** Where a monitor can count opens and clicks in it: the column that tells whether somebody cared. */
  readonly answered: string | null;
}

/** A relation that has everybody once. */
export interface People {
  readonly id: string;
  readonly rows: number;
}

/** A relation whose rows are to be numbered, since nothing tells them apart. */
export interface Numbered {
  readonly of: string;
  readonly rows: number;
  readonly columns: readonly string[];
  /** Those of them that people are compared by. */
  readonly numbers: readonly string[];
}

export interface Guessed {
  readonly title: string;
  readonly entity: string | null;
  readonly asOf: string;
  readonly files: readonly SeenFile[];
  readonly events: readonly Event[];
  /** Where there are events beside it. */
  readonly people: People | null;
  /** One row for each person, where there are no events. */
  readonly table: { readonly of: string; readonly columns: readonly string[]; readonly rows: number } | null;
  /** Where there is no key. */
  readonly numbered: Numbered | null;
}

/** Fewer people than these make no groups, and with more of them a hierarchy takes too long. */
const FEWEST = 8;
const MOST_IN_HIERARCHY = 20_000;

export function writeNotebook(guessed: Guessed): string {
  const { title, entity, events, table } = guessed;
  const numbered = (guessed.numbered?.rows ?? 0) < FEWEST ? null : guessed.numbered;
  const parts = [
    head(guessed, numbered === null ? entity : NUMBER),
    `# ${title}`,
    `Guessed from the data: read it through and correct it.${entity === null ? (numbered === null ? NO_KEY : "") : events.length === 0 && table === null ? NO_TIME : ""}`,
  ];
  for (const file of guessed.files) {
    if (file.reading !== null) parts.push(file.reading.said);
    parts.push(source(file, guessed));
  }
  if (events.length > 0) {
    const from = guessed.people;
    const people = from?.rows ?? Math.max(...events.map((event) => event.people));
    const who = from === null ? "of the people who ever appear in an event" : `person of \`${from.id}\``;
    parts.push(`One row for each ${who}.`, features(events, from));
    if (people >= FEWEST) parts.push(cluster("behaviour", events.flatMap(columnsOf), people));
    parts.push(segments(events));
    const sends = events.find(({ answered }) => answered !== null);
    if (sends !== undefined) parts.push("Opens and clicks of each segment, by the day of the send.", monitor(sends));
  } else if (table !== null && table.rows >= FEWEST) {
    parts.push(...alike(table.of, table.columns, table.rows));
  } else if (numbered !== null) {
    parts.push(NUMBERED, number(numbered), ...alike(EVERYBODY, numbered.numbers, numbered.rows));
  }
  return `${parts.join("\n\n")}\n`;
}

const NO_KEY = " No column looks like the key of a person: name it as `entity` in the head.";

const NO_TIME =
  " No column is read as a time by itself: make one in a source of its own, such as `sql: SELECT *, strptime(day, '%d.%m.%Y') AS at FROM …`.";

/** With more columns than these nobody sees what a cluster is, and comparing people takes long. */
const MOST_COLUMNS = 30;

function alike(of: string, columns: readonly string[], rows: number): string[] {
  const taken = columns.slice(0, MOST_COLUMNS);
  const some =
    taken.length < columns.length ? ` Of ${columns.length} the first ${taken.length} are taken: choose.` : "";
  return [`Groups of people who are alike in their numbers.${some}`, cluster(of, taken, rows)];
}

const NUMBERED =
  "No column looks like the key of a person. If every row is somebody, they are numbered by what is in them: where rows are the same in everything it does not matter which comes first. If one column is a key all the same, name it as `entity` in the head.";

/** The relation of numbered rows, and their number. */
const EVERYBODY = "everybody";
const NUMBER = "row_number";

function number({ of, columns }: Numbered): string {
  const order = columns.map(quoted).join(", ");
  return cell("sql", EVERYBODY, [
    `SELECT row_number() OVER (ORDER BY ${order}) AS ${NUMBER}, *`,
    `FROM ${of}`,
    `ORDER BY ${NUMBER}`,
  ]);
}

function head({ title, asOf }: Guessed, entity: string | null): string {
  const lines = ["segbook: 1", `title: ${renderScalar(title)}`];
  if (entity !== null) lines.push(`entity: ${renderScalar(entity)}`);
  return ["---", ...lines, `as_of: ${asOf}`, "---"].join("\n");
}

function source({ id, path, reading, renamed, remade, columns }: SeenFile, { entity, events }: Guessed): string {
  const lines = [`files: ${renderScalar(path)}`, ...(reading === null ? [] : [reading.line])];
  if (renamed !== undefined) lines.push("rename:", `  ${renderKey(renamed.from)}: ${renderScalar(renamed.to)}`);
  const key = columns.find(({ name }) => name === entity);
  if (key?.missing === 0) lines.push("columns:", `  ${renderKey(key.name)}: {required: true}`);
  const event = events.find((one) => one.id === id);
  const asEvent = event === undefined ? [] : [`event: ${renderScalar(event.words)}`, `at: ${renderScalar(event.at)}`];
  const priced = event?.priced ?? null;
  if (remade.length === 0 && priced === null) return cell("source", id, [...lines, ...asEvent]);
  const rows = remade.length === 0 ? linesOf(id) : remakeSql(remade, linesOf(id));
  const from = remade.length === 0 ? rows : `(${rows})`;
  const sql =
    priced === null ? rows : `SELECT *, ${quoted(priced.quantity)} * ${quoted(priced.price)} AS amount FROM ${from}`;
  const said = [...(remade.length === 0 ? [] : [REMADE]), ...(priced === null ? [] : ["What each line came to."])];
  return [
    cell("source", linesOf(id), lines),
    said.join(" "),
    cell("source", id, [`sql: ${renderScalar(sql)}`, ...asEvent]),
  ].join("\n\n");
}

const REMADE = "Times and amounts, of which the file has another form.";

/** The relation of a file's own rows, where what is counted is made of them. */
export function linesOf(id: string): string {
  return `${id}_lines`;
}

function columnsOf({ id, amount }: Event): string[] {
  return [`${id}_recency_days`, `${id}_count`, ...(amount === null ? [] : [`${id}_total`])];
}

function features(events: readonly Event[], people: People | null): string {
  const lines = events.flatMap((event) => {
    const [recency = "", count = "", total = ""] = columnsOf(event);
    const name = printName(event.words);
    const expressions = [
      [recency, `days since last ${name}`],
      [count, event.counted === null ? `count of ${name}` : `distinct ${printColumn(event.counted)} of ${name}`],
    ];
    if (event.amount !== null) expressions.push([total, `sum of ${printColumn(event.amount)} of ${name}`]);
    return expressions.flatMap(([column, expression]) => [`  ${column}: |-`, `    ${expression}`]);
  });
  return cell("features", "behaviour", [...(people === null ? [] : [`from: ${people.id}`]), "columns:", ...lines]);
}

function cluster(of: string, columns: readonly string[], people: number): string {
  const skewed = columns.filter((column) => /_count$/.test(column) && of === "behaviour");
  const transform = skewed.map((column) => `${renderKey(column)}: log1p`).join(", ");
  return cell("cluster", "personas", [
    `of: ${of}`,
    `columns: [${columns.map(renderScalar).join(", ")}]`,
    ...(transform === "" ? [] : [`transform: {${transform}}`]),
    "scale: robust",
    `method: ${people > MOST_IN_HIERARCHY ? "kmeans" : "ward"}`,
    `k: ${people < 30 ? 2 : 4}`,
    "missing: median",
  ]);
}

function segments([first]: readonly Event[]): string {
  const name = printName(first?.words ?? "");
  const answered = first?.answered ?? null;
  const [what, recent, lapsed] =
    answered === null
      ? [name, "Recent", "Lapsed"]
      : [`${name} where ${printColumn(answered)} IS KNOWN`, "Engaged", "Silent"];
  return cell("segments", "audiences", [
    "of: behaviour",
    "segments:",
    `  ${recent}: |-`,
    `    ${what} in last ${answered === null ? 30 : 90} days`,
    `  ${lapsed}: |-`,
    `    NOT ${what} in last 90 days`,
  ]);
}

function monitor({ id }: Event): string {
  return cell("monitor", "watch", ["segments: [audiences]", `sends: ${id}`]);
}

function cell(kind: string, id: string, lines: readonly string[]): string {
  return `\`\`\`${kind} ${id}\n${lines.join("\n")}\n\`\`\``;
}
