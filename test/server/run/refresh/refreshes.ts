import type { RefreshView } from "../../../../server/segments/membership/view.ts";
import { cell, type NotebookRuns, orders } from "../notebook-runs.ts";

export interface Order {
  readonly who: number;
  readonly at: string;
  readonly amount?: number;
}

export function ordersFile(rows: readonly Order[]): string {
  return `customer_id,amount,ordered_at\n${rows.map(({ who, at, amount = 10 }) => `${who},${amount},${at} 12:00:00\n`).join("")}`;
}

export function peopleFile(rows: readonly { readonly who: number; readonly country: string }[]): string {
  return `customer_id,country\n${rows.map(({ who, country }) => `${who},${country}\n`).join("")}`;
}

export const PEOPLE = cell("source", "people", "files: people.csv\ncolumns: {customer_id: BIGINT, country: text}");

export interface Segments {
  readonly of?: string;
  readonly more?: string;
  readonly before?: string;
  readonly rules: Readonly<Record<string, string>>;
}

/** A notebook over people and their orders with one cell of segments. */
export function notebook({ of = "people", more = "", before = "", rules }: Segments): string {
  const body = Object.entries(rules).map(([name, rule]) => `  ${name}: |-\n    ${rule}\n`);
  return `${orders()}${PEOPLE}${before}${cell("segments", "groups", `of: ${of}\n${more}segments:\n${body.join("")}`.trimEnd())}`;
}

export async function refresh(runs: NotebookRuns, text: string, day: string, set = {}): Promise<RefreshView> {
  const { result } = await runs.run(text, { asOf: day, refresh: true, set });
  if (result.refresh === null)
    throw new Error(JSON.stringify([...result.problems, ...result.cells.flatMap((c) => c.problems)]));
  return result.refresh;
}

/** `+2 time, -1 behaviour` for each segment by name; nothing where nobody moved. */
export function moves(view: RefreshView): Record<string, string> {
  return Object.fromEntries(
    view.segments.map(({ segment, causes }) => [
      segment,
      causes
        .flatMap(({ because, entered, left }) => [
          ...(entered > 0 ? [`+${entered} ${because}`] : []),
          ...(left > 0 ? [`-${left} ${because}`] : []),
        ])
        .join(", "),
    ]),
  );
}

/** The history as rows: who, segment, since, until, why in and why out. */
export async function history(runs: NotebookRuns, text: string, day: string): Promise<string[]> {
  const rows = await runs.rows(`${text}${ASK}`, "ask_history", { asOf: day });
  if (typeof rows === "string") {
    await runs.run(`${text}${ASK}`, { asOf: day, cells: ["ask_history"] });
    return lines(await runs.rows(`${text}${ASK}`, "ask_history", { asOf: day }));
  }
  return lines(rows);
}

function lines(rows: unknown): string[] {
  if (!Array.isArray(rows)) throw new Error(String(rows));
  return rows.map((row: unknown[]) => row.join(" "));
}

const ASK = cell(
  "sql",
  "ask_history",
  `SELECT customer_id, segment, strftime(since, '%m-%d') AS since, coalesce(strftime("until", '%m-%d'), '…') AS until, entered_because, coalesce(left_because, '') AS left_because
FROM membership ORDER BY customer_id, segment, membership.since, membership."until" NULLS LAST`,
);
