import type { ColumnSummary } from "../../run/view.ts";
import type { SeenFile } from "./look.ts";
import { type Event, type Numbered, type People, writeNotebook } from "./write.ts";

const DAY_MS = 86_400_000;

/** A notebook to start from: whoever gets it reads it and corrects it, so every guess stands in the open. */
export function guessNotebook(title: string, seen: readonly SeenFile[], now: number): string {
  const entity = guessEntity(seen);
  const files = entity === null ? seen : seen.map((file) => withKey(file, entity));
  const events = entity === null ? [] : guessEvents(files, entity);
  const newest =
    events
      .map(({ newest }) => newest)
      .sort()
      .at(-1) ?? null;
  const isOld = newest !== null && now - Date.parse(newest) > 30 * DAY_MS;
  const table = events.length > 0 || entity === null ? null : guessTable(files, entity);
  const people = events.length === 0 || entity === null ? null : guessPeople(files, entity, events);
  const numbered = entity === null ? guessNumbered(files) : null;
  return writeNotebook({ title, entity, asOf: isOld ? newest : "now", files, events, table, people, numbered });
}

/** Words for a person, in languages that column names come in. */
const PERSON =
  /customer|client|user|member|contact|person|people|subscriber|visitor|shopper|household|account|kund|klient|nutzer|mitglied|abonn|besucher|usuari|utilisateur|utente|socio|klant|gebruiker/i;
const NUMBER = /^(DECIMAL|DOUBLE|FLOAT|\w*INT)/;
const KEY = /id$|_no$|_nr$|number$|nummer$|e-?mail|key$|code$/i;

/** What most tells a person's key: its name; that a file has a row for each and others have it too; how many do. Null where nothing looks like one. */
function guessEntity(files: readonly SeenFile[]): string | null {
  const names = new Set(files.flatMap(({ columns }) => columns.map(({ name }) => name)));
  const weighed = [...names].flatMap((name) => {
    const among = files.filter((file) => file.columns.some((column) => column.name === name && isMany(column, file)));
    const isLinked = among.length > 1 && among.some((file) => isUnique(file, name));
    const isNamed = PERSON.test(name) || KEY.test(name);
    if (among.length === 0 || !(isNamed || isLinked)) return [];
    const weight = (PERSON.test(name) ? 5 : 0) + (KEY.test(name) ? 2 : 0) + (isLinked ? 2 : 0) + among.length;
    return [{ name, weight }];
  });
  return weighed.sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1))[0]?.name ?? null;
}

/** A column with a handful of values over many rows is a kind of people (`VisitorType`), not one of them. */
function isMany({ type, distinct }: ColumnSummary, { rows }: SeenFile): boolean {
  return /INT|VARCHAR|UUID/.test(type) && distinct > 1 && (distinct >= 100 || distinct * 20 >= rows);
}

/** Whether each row has a value of its own in a column; the number of different ones is estimated. */
function isUnique({ rows, columns }: SeenFile, name: string): boolean {
  return columns.some((one) => one.name === name && one.missing === 0 && one.distinct >= rows * 0.97 && rows > 1);
}

/** `id` of `customers` is what the others call `customer_id`. */
function withKey(file: SeenFile, entity: string): SeenFile {
  const stem = entity.toLowerCase().replace(/[^a-z]*(id|key|no|nr|number|nummer|code)$/, "");
  const own = file.columns.find(({ name }) => /^(id|key|no|nr|number|nummer|code)$/i.test(name));
  const hasIt = file.columns.some(({ name }) => name === entity);
  if (own === undefined || hasIt || stem === "" || !file.id.startsWith(stem) || !isUnique(file, own.name)) return file;
  const columns = file.columns.map((column) => (column === own ? { ...column, name: entity } : column));
  return { ...file, columns, renamed: { from: own.name, to: entity } };
}

/** The relation with a row for each person, where it is no event itself. */
function guessPeople(files: readonly SeenFile[], entity: string, events: readonly Event[]): People | null {
  const tables = files.filter((file) => isUnique(file, entity) && events.every(({ id }) => id !== file.id));
  return tables.sort((a, b) => b.rows - a.rows)[0] ?? null;
}

/** A file without a key and without times, in which every row may be somebody. */
function guessNumbered(files: readonly SeenFile[]): Numbered | null {
  for (const file of files) {
    const numbers = numbersOf(file).map(({ name }) => name);
    if (numbers.length < 2 || timeOf(file) !== undefined) continue;
    return { of: file.id, rows: file.rows, numbers, columns: file.columns.map(({ name }) => name) };
  }
  return null;
}

/** Files whose rows are something that a person did at a time. */
function guessEvents(files: readonly SeenFile[], entity: string): Event[] {
  const taken = new Set<string>();
  const events = files.flatMap((file): Event[] => {
    const key = file.columns.find(({ name }) => name === entity);
    const at = timeOf(file);
    if (key === undefined || at === undefined || file.rows === 0) return [];
    const words = [wordsFor(file.id), `had ${file.id.replaceAll("_", " ")}`].find((one) => !taken.has(one)) ?? file.id;
    taken.add(words);
    const priced = guessPriced(file);
    const amount = priced === null ? guessAmount(file, entity) : "amount";
    const newest = String(at.max).slice(0, 10);
    const what = { amount, priced, counted: guessCounted(file), answered: answeredOf(file) };
    return [{ id: file.id, words, at: at.name, ...what, people: key.distinct, newest }];
  });
  return events.sort((a, b) => Number(a.answered !== null) - Number(b.answered !== null));
}

/** Of rows that are sends, by the names that a monitor reads: the column that tells of an answer. Null of others. */
function answeredOf({ columns }: SeenFile): string | null {
  const times = columns.filter(({ type }) => /^(TIMESTAMP|DATE)/.test(type)).map(({ name }) => name);
  if (!times.includes("sent_at") && !times.includes("delivered_at")) return null;
  return ["opened_at", "clicked_at"].find((name) => times.includes(name)) ?? null;
}

/** When a row happened; a send happened when it was sent. */
function timeOf(file: SeenFile): ColumnSummary | undefined {
  const times = file.columns.filter(
    ({ name, type, min }) => /^(TIMESTAMP|DATE)/.test(type) && min !== null && !/birth|updated|created/i.test(name),
  );
  const sent =
    answeredOf(file) !== null ? times.find(({ name }) => name === "sent_at" || name === "delivered_at") : undefined;
  return sent ?? times[0];
}

function guessAmount({ columns }: SeenFile, entity: string): string | null {
  const numbers = columns.filter(({ name, type }) => name !== entity && NUMBER.test(type));
  const wanted = [
    /amount|revenue|spend|sales|turnover|betrag|umsatz|montant|importe/i,
    /total|value|summ/i,
    /price|preis/i,
  ];
  const found = wanted.flatMap((pattern) => numbers.filter(({ name }) => pattern.test(name) && !KEY.test(name)));
  return found[0]?.name ?? null;
}

/** Rows are lines of an order where they have a price of one and how many, and no amount. */
function guessPriced(file: SeenFile): Event["priced"] {
  const numbers = file.columns.filter(({ type }) => NUMBER.test(type)).map(({ name }) => name);
  const quantity = numbers.find((name) => /quantity|qty|units|menge|anzahl|pieces/i.test(name));
  const price = numbers.find((name) => /price|preis|prix|precio/i.test(name));
  const has = file.columns.some(({ name }) => /amount|revenue|spend|sales|turnover|total/i.test(name));
  return quantity === undefined || price === undefined || has ? null : { quantity, price };
}

/** The number of an order that has several rows: orders are counted by it. */
function guessCounted(file: SeenFile): string | null {
  const found = file.columns.find(
    (column) =>
      /^(order|invoice|transaction|basket|receipt|rechnung|bestell|auftrag|beleg)/i.test(column.name) &&
      isMany(column, file) &&
      column.distinct < file.rows * 0.9,
  );
  return found?.name ?? null;
}

function wordsFor(id: string): string {
  if (/order|purchase|transaction|invoice|sale|retail/.test(id)) return "placed order";
  if (/view|visit|web|session|page|click/.test(id)) return "viewed page";
  if (/send|mail|message/.test(id)) return "was sent mail";
  return `had ${id.replaceAll("_", " ")}`;
}

/** A file with one row for each person and numbers about them. */
function guessTable(
  files: readonly SeenFile[],
  entity: string,
): { of: string; columns: string[]; rows: number } | null {
  for (const file of files) {
    const { id, rows, columns } = file;
    const key = columns.find(({ name }) => name === entity);
    // The number of different values is estimated.
    if (key === undefined || key.missing > 0 || key.distinct < rows * 0.97) continue;
    const numbers = numbersOf(file).filter(({ name }) => name !== entity);
    if (numbers.length >= 2) return { of: id, columns: numbers.map(({ name }) => name), rows };
  }
  return null;
}

function numbersOf({ rows, columns }: SeenFile): ColumnSummary[] {
  return columns.filter(
    ({ name, type, missing, distinct }) => NUMBER.test(type) && missing < rows / 2 && distinct > 1 && !KEY.test(name),
  );
}
