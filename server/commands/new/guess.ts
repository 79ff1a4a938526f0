import type { ColumnSummary } from "../../run/view.ts";
import type { SeenFile } from "./look.ts";
import { type Event, writeNotebook } from "./write.ts";

const DAY_MS = 86_400_000;

/** A notebook to start from: whoever gets it reads it and corrects it, so every guess stands in the open. */
export function guessNotebook(title: string, files: readonly SeenFile[], now: number): string {
  const entity = guessEntity(files);
  const events = entity === null ? [] : guessEvents(files, entity);
  const newest =
    events
      .map(({ newest }) => newest)
      .sort()
      .at(-1) ?? null;
  const isOld = newest !== null && now - Date.parse(newest) > 30 * DAY_MS;
  const table = events.length > 0 || entity === null ? null : guessTable(files, entity);
  return writeNotebook({ title, entity, asOf: isOld ? newest : "now", files, events, table });
}

const PERSON = /customer|client|user|member|contact|person|people|subscriber|visitor|shopper|household|account/i;
const KEY = /id$|_no$|number$|e-?mail|key$|code$/i;

/** The key that most files share; among those the one that names a person. Null where nothing looks like one. */
function guessEntity(files: readonly SeenFile[]): string | null {
  const names = [
    ...new Set(files.flatMap((file) => file.columns.filter((one) => isKey(one, file)).map(({ name }) => name))),
  ];
  const weighed = names.map((name) => {
    const shared = files.filter(({ columns }) => columns.some((column) => column.name === name)).length;
    return { name, weight: (PERSON.test(name) ? 4 : 0) + (KEY.test(name) ? 2 : 0) + shared };
  });
  return weighed.sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1))[0]?.name ?? null;
}

/** A column with a handful of values over many rows is a kind of people (`VisitorType`), not one of them. */
function isKey({ name, type, distinct }: ColumnSummary, { rows }: SeenFile): boolean {
  const isMany = distinct > 1 && (distinct >= 100 || distinct * 20 >= rows);
  return (PERSON.test(name) || KEY.test(name)) && /INT|VARCHAR|UUID/.test(type) && isMany;
}

/** Files whose rows are something that a person did at a time. */
function guessEvents(files: readonly SeenFile[], entity: string): Event[] {
  const taken = new Set<string>();
  return files.flatMap((file) => {
    const key = file.columns.find(({ name }) => name === entity);
    const at = file.columns.find(
      ({ name, type, min }) => /^(TIMESTAMP|DATE)/.test(type) && min !== null && !/birth|updated|created/i.test(name),
    );
    if (key === undefined || at === undefined || file.rows === 0) return [];
    const words = [wordsFor(file.id), `had ${file.id.replaceAll("_", " ")}`].find((one) => !taken.has(one)) ?? file.id;
    taken.add(words);
    const newest = String(at.max).slice(0, 10);
    return [{ id: file.id, words, at: at.name, amount: guessAmount(file, entity), people: key.distinct, newest }];
  });
}

function guessAmount({ columns }: SeenFile, entity: string): string | null {
  const numbers = columns.filter(({ name, type }) => name !== entity && /^(DECIMAL|DOUBLE|FLOAT|\w*INT)/.test(type));
  const wanted = [/amount|revenue|spend|sales|turnover/i, /total|value/i, /price/i];
  const found = wanted.flatMap((pattern) => numbers.filter(({ name }) => pattern.test(name) && !KEY.test(name)));
  return found[0]?.name ?? null;
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
  for (const { id, rows, columns } of files) {
    const key = columns.find(({ name }) => name === entity);
    // The number of different values is estimated.
    if (key === undefined || key.missing > 0 || key.distinct < rows * 0.97) continue;
    const numbers = columns.filter(
      ({ name, type, missing, distinct }) =>
        name !== entity &&
        /^(DECIMAL|DOUBLE|FLOAT|\w*INT)/.test(type) &&
        missing < rows / 2 &&
        distinct > 1 &&
        !KEY.test(name),
    );
    if (numbers.length >= 2) return { of: id, columns: numbers.map(({ name }) => name), rows };
  }
  return null;
}
