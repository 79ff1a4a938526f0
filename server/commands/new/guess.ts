import type { Column } from "../../language/vocabulary.ts";

export interface SeenFile {
  /** Below the data folder. */
  readonly path: string;
  readonly columns: readonly Column[];
  readonly rows: number;
  /** Column that looks like a key → about how many values. */
  readonly distinct: ReadonlyMap<string, number>;
}

interface Guess {
  readonly file: SeenFile;
  readonly id: string;
  readonly at: string | null;
  readonly words: string | null;
  readonly amount: string | null;
}

/** A notebook to start from: whoever gets it reads it and corrects it, so every guess stands in the open. */
export function guessNotebook(name: string, files: readonly SeenFile[]): string {
  const entity = guessEntity(files);
  const taken = new Set<string>();
  const guesses = files.map((file) => guess(file, taken));
  const events = guesses.filter((one) => one.at !== null && one.file.columns.some((column) => column.name === entity));
  const parts = [head(name, entity), ...guesses.map((one) => source(one, entity))];
  if (events.length > 0) parts.push(features(events), cluster(events), segments(events));
  return `${parts.join("\n")}`;
}

/** The key that most files share; among those the one that names a person. */
function guessEntity(files: readonly SeenFile[]): string {
  const counts = new Map<string, number>();
  for (const file of files)
    for (const column of file.columns) counts.set(column.name, (counts.get(column.name) ?? 0) + 1);
  const candidates = [...counts.keys()].map((column) => {
    const person = /customer|client|user|member|contact|person|subscriber|visitor/i.test(column) ? 4 : 0;
    const key = /id$|_no$|number$|email|key$/i.test(column) ? 2 : 0;
    return { column, weight: person + (person > 0 || key > 0 ? (counts.get(column) ?? 0) : 0) + key };
  });
  return candidates.sort((a, b) => b.weight - a.weight || (a.column < b.column ? -1 : 1))[0]?.column ?? "customer_id";
}

function guess(file: SeenFile, taken: Set<string>): Guess {
  const base =
    (file.path.split("/").at(-1) ?? "data")
      .replace(/\..*$/, "")
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, "_")
      .replace(/^[^a-z]+/, "") || "data";
  let id = base.slice(0, 40);
  for (let number = 2; taken.has(id); number++) id = `${base.slice(0, 40)}_${number}`;
  taken.add(id);
  const at =
    file.columns.find((column) => /^(TIMESTAMP|DATE)/.test(column.type) && !/birth|updated/i.test(column.name))?.name ??
    null;
  const amount = file.columns.find(
    (column) =>
      /amount|revenue|total|spend|price|value|sales/i.test(column.name) &&
      /^(DECIMAL|DOUBLE|FLOAT|.*INT)/.test(column.type),
  );
  return { file, id, at, amount: amount?.name ?? null, words: at === null ? null : eventWords(id) };
}

function eventWords(id: string): string {
  if (/order|purchase|transaction|invoice|sale/.test(id)) return "placed order";
  if (/view|visit|web|session|page/.test(id)) return "viewed page";
  if (/send|mail|message/.test(id)) return "was sent mail";
  return `had ${id.replaceAll("_", " ")}`;
}

function head(name: string, entity: string): string {
  return `---\nsegbook: 1\ntitle: ${JSON.stringify(name)}\nentity: ${JSON.stringify(entity)}\nas_of: now\n---\n\n# ${name}\n\nGuessed from the data; read it through and correct it.\n`;
}

function source({ file, id, at, words }: Guess, entity: string): string {
  const lines = [`files: ${JSON.stringify(file.path)}`];
  if (file.columns.some((column) => column.name === entity))
    lines.push("columns:", `  ${JSON.stringify(entity)}: {required: true}`);
  if (at !== null && words !== null) lines.push(`event: ${words}`, `at: ${JSON.stringify(at)}`);
  return `\`\`\`source ${id}\n${lines.join("\n")}\n\`\`\`\n`;
}

function features(events: readonly Guess[]): string {
  const lines = events.flatMap(({ id, words, amount }) => [
    `  ${id}_recency_days: days since last ${words}`,
    `  ${id}_count: count of ${words}`,
    ...(amount === null ? [] : [`  ${id}_total: sum of ${plainName(amount)} of ${words}`]),
  ]);
  return `One row for each of the people who ever appear in an event.\n\n\`\`\`features behaviour\ncolumns:\n${lines.join("\n")}\n\`\`\`\n`;
}

function cluster(events: readonly Guess[]): string {
  const columns = events.flatMap(({ id, amount }) => [
    `${id}_recency_days`,
    `${id}_count`,
    ...(amount === null ? [] : [`${id}_total`]),
  ]);
  const skewed = columns.filter((column) => column.endsWith("_count"));
  const transform = skewed.map((column) => `${column}: log1p`).join(", ");
  return `\`\`\`cluster personas\nof: behaviour\ncolumns: [${columns.join(", ")}]\ntransform: {${transform}}\nscale: robust\nmethod: ward\nk: 4\nmissing: median\n\`\`\`\n`;
}

function segments(events: readonly Guess[]): string {
  const [first] = events;
  if (first === undefined) return "";
  const rules = [
    `  Recent: |-\n    ${first.words} in last 30 days`,
    `  Lapsed: |-\n    NOT ${first.words} in last 90 days`,
  ];
  return `\`\`\`segments audiences\nof: behaviour\nsegments:\n${rules.join("\n")}\n\`\`\`\n`;
}

function plainName(column: string): string {
  return /^[a-z][a-z0-9_]*$/.test(column) ? column : `"${column.replaceAll('"', '""')}"`;
}
