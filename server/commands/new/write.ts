import { printColumn, printName } from "../../language/print-name.ts";
import { renderKey, renderScalar } from "../../notebook/yaml/render.ts";
import type { SeenFile } from "./look.ts";

/** A file whose rows are something that people did. */
export interface Event {
  readonly id: string;
  readonly words: string;
  readonly at: string;
  readonly amount: string | null;
  /** About how many people there are in it. */
  readonly people: number;
  /** Day of its newest row, `2026-10-31`. */
  readonly newest: string;
}

export interface Guessed {
  readonly title: string;
  readonly entity: string | null;
  readonly asOf: string;
  readonly files: readonly SeenFile[];
  readonly events: readonly Event[];
  /** One row for each person, where there are no events. */
  readonly table: { readonly of: string; readonly columns: readonly string[]; readonly rows: number } | null;
}

/** Fewer people than these make no groups, and with more of them a hierarchy takes too long. */
const FEWEST = 8;
const MOST_IN_HIERARCHY = 20_000;

export function writeNotebook(guessed: Guessed): string {
  const { title, entity, events, table } = guessed;
  const parts = [
    head(guessed),
    `# ${title}`,
    `Guessed from the data: read it through and correct it.${entity === null ? NO_KEY : events.length === 0 && table === null ? NO_TIME : ""}`,
  ];
  for (const file of guessed.files) {
    if (file.reading !== null) parts.push(file.reading.said);
    parts.push(source(file, guessed));
  }
  if (events.length > 0) {
    const people = Math.max(...events.map((event) => event.people));
    parts.push("One row for each of the people who ever appear in an event.", features(events));
    if (people >= FEWEST) parts.push(cluster("behaviour", events.flatMap(columnsOf), people));
    parts.push(segments(events));
  } else if (table !== null && table.rows >= FEWEST) {
    parts.push("Groups of people who are alike in their numbers.", cluster(table.of, table.columns, table.rows));
  }
  return `${parts.join("\n\n")}\n`;
}

const NO_KEY = " No column looks like the key of a person: name it as `entity` in the head.";

const NO_TIME =
  " No column is read as a time by itself: make one in a source of its own, such as `sql: SELECT *, strptime(day, '%d.%m.%Y') AS at FROM …`.";

function head({ title, entity, asOf }: Guessed): string {
  const lines = ["segbook: 1", `title: ${renderScalar(title)}`];
  if (entity !== null) lines.push(`entity: ${renderScalar(entity)}`);
  return ["---", ...lines, `as_of: ${asOf}`, "---"].join("\n");
}

function source({ id, path, reading, columns }: SeenFile, { entity, events }: Guessed): string {
  const lines = [`files: ${renderScalar(path)}`, ...(reading === null ? [] : [reading.line])];
  const key = columns.find(({ name }) => name === entity);
  if (key?.missing === 0) lines.push("columns:", `  ${renderKey(key.name)}: {required: true}`);
  const event = events.find((one) => one.id === id);
  if (event !== undefined) lines.push(`event: ${renderScalar(event.words)}`, `at: ${renderScalar(event.at)}`);
  return cell("source", id, lines);
}

function columnsOf({ id, amount }: Event): string[] {
  return [`${id}_recency_days`, `${id}_count`, ...(amount === null ? [] : [`${id}_total`])];
}

function features(events: readonly Event[]): string {
  const lines = events.flatMap((event) => {
    const [recency = "", count = "", total = ""] = columnsOf(event);
    const name = printName(event.words);
    const expressions = [
      [recency, `days since last ${name}`],
      [count, `count of ${name}`],
    ];
    if (event.amount !== null) expressions.push([total, `sum of ${printColumn(event.amount)} of ${name}`]);
    return expressions.flatMap(([column, expression]) => [`  ${column}: |-`, `    ${expression}`]);
  });
  return cell("features", "behaviour", ["columns:", ...lines]);
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
  return cell("segments", "audiences", [
    "of: behaviour",
    "segments:",
    "  Recent: |-",
    `    ${name} in last 30 days`,
    "  Lapsed: |-",
    `    NOT ${name} in last 90 days`,
  ]);
}

function cell(kind: string, id: string, lines: readonly string[]): string {
  return `\`\`\`${kind} ${id}\n${lines.join("\n")}\n\`\`\``;
}
