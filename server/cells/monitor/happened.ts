import { name as quoted } from "../../language/quote.ts";
import { wallSql } from "./period.ts";
import { type MonitorBody, maturity, type SendColumn } from "./schema.ts";

export interface SendRows {
  readonly body: Pick<MonitorBody, "mature_after">;
  readonly sends: string;
  readonly entity: string;
  /** Our name → the relation's column and its type, for those that it has. */
  readonly columns: ReadonlyMap<SendColumn, { readonly name: string; readonly type: string }>;
  readonly zone: string;
  readonly weekStarts: "monday" | "sunday";
  /** `one` where it is known that no send has several rows, so that they need not be looked for. */
  readonly rowsASend?: "one" | "several";
  /** Beside what became of a send, texts of it by name, in SQL over the relation's columns; of several rows the first by its letters. */
  readonly carried?: readonly { readonly name: string; readonly sql: string }[];
}

/** Clocks of different machines may differ by so much: what seems earlier than its send by more can't be. */
const CLOCKS_APART = "INTERVAL 1 MINUTE";

/** Nobody reads and clicks within so long of delivery, nor clicks twice within so long. */
const AT_ONCE = "INTERVAL 10 SECOND";
const TWICE = "INTERVAL 2 SECOND";

/** What became of a send, a bit each; of one whose times run backwards nothing else is told. */
export const BITS = {
  bounced: 1,
  delivered: 2,
  opened: 4,
  clicked: 8,
  unsubscribed: 16,
  machine_open: 32,
  suspected: 64,
  opened_late: 128,
  clicked_late: 256,
  backwards: 512,
} as const;

/**
 * Tables of a WITH: `happened` has a row a send before `$as_of`, with its period and what became of it: in time, within
 * `mature_after` of delivery, or late. `suspected` is a click in time none of which is likely a person's; `backwards`,
 * that something happened before it was sent. `outcome` has all of it, as bits.
 */
export function happenedSql(count: SendRows, period: string): string {
  const flags = Object.entries(BITS).map(([name, bit]) => `outcome & ${bit} <> 0 AS ${name}`);
  const carried = (count.carried ?? []).map(({ name }) => `, ${name}`).join("");
  return `sends AS (
      ${oneRowASend(count)}
    ), outcomes AS (
      SELECT entity, sent_at, ${period} AS period, ${outcomeSql(count)} AS outcome${carried}
      FROM sends
      WHERE sent_at < $as_of
    ), happened AS (
      SELECT entity, sent_at, period, outcome, ${flags.join(", ")}${carried} FROM outcomes
    )`;
}

/** To most sends nothing happens but that they are delivered: theirs are told without a look at the clock. */
function outcomeSql({ body, columns }: SendRows): string {
  const limit = maturity(body);
  const arrived =
    columns.has("bounced_at") || !columns.has("delivered_at") ? "true" : "coalesce(delivered_at < $as_of, false)";
  const delivered = `CASE WHEN ${arrived} THEN ${BITS.delivered} ELSE 0 END`;
  const machine = `CASE WHEN machine_open THEN ${BITS.machine_open} ELSE 0 END`;
  const isLate = (time: string) => (limit === null ? "false" : `${time} > coalesce(delivered_at, sent_at) + ${limit}`);
  const event = (column: SendColumn, inTime: string, after = 0) =>
    columns.has(column)
      ? `CASE WHEN ${column} IS NULL OR ${column} >= $as_of THEN 0 WHEN ${isLate(column)} THEN ${after} ELSE ${inTime} END`
      : "0";
  const person = `person_clicked_at IS NULL OR person_clicked_at >= $as_of OR ${isLate("person_clicked_at")}`;
  const clicked = `CASE WHEN ${person} THEN ${BITS.clicked | BITS.suspected} ELSE ${BITS.clicked} END`;
  const known = EVENTS.filter((column) => columns.has(column));
  const nothing = known.map((column) =>
    column === "delivered_at" ? "coalesce(delivered_at >= sent_at, true)" : `${column} IS NULL`,
  );
  const early = known.map((column) => `${column} < sent_at - ${CLOCKS_APART}`);
  return `(CASE
        WHEN ${["true", ...nothing].join(" AND ")} THEN ${delivered} + ${machine}
        WHEN ${early.length === 0 ? "false" : early.join(" OR ")} THEN ${BITS.backwards}
        ELSE CASE WHEN bounced_at < $as_of THEN ${BITS.bounced} ELSE ${delivered} END + ${machine}
          + ${event("opened_at", `${BITS.opened}`, BITS.opened_late)} + ${event("clicked_at", clicked, BITS.clicked_late)}
          + ${event("unsubscribed_at", `${BITS.unsubscribed}`)} END)::SMALLINT`;
}

const EVENTS = ["delivered_at", "opened_at", "clicked_at", "unsubscribed_at", "bounced_at"] as const;

/** Times as wall time in the zone; rows of one send to one receiver are one, with its earliest times. */
function oneRowASend({ sends, entity, columns, zone, rowsASend, carried = [] }: SendRows): string {
  const read = (column: SendColumn) => {
    const found = columns.get(column);
    if (found === undefined) return column === "machine_open" ? "NULL::BOOLEAN" : "NULL::TIMESTAMP";
    if (column === "machine_open") return `${quoted(found.name)}::BOOLEAN`;
    return wallSql(quoted(found.name), found.type, zone) ?? "NULL::TIMESTAMP";
  };
  const times = ["sent_at", ...EVENTS] as const;
  const id = columns.get("send_id");
  const selected = [
    `${quoted(entity)} AS entity`,
    ...times.map((column) => `${read(column)} AS ${column}`),
    `${read("machine_open")} AS machine_open`,
    `${id === undefined ? "NULL" : quoted(id.name)} AS send_id`,
    ...carried.map(({ name, sql }) => `${sql} AS ${name}`),
  ];
  const from = `SELECT ${selected.join(", ")} FROM ${quoted(sends)} WHERE ${quoted(entity)} IS NOT NULL`;
  const tells = tellsClicks(columns);
  if (id === undefined || rowsASend === "one") {
    const person = tells
      ? `CASE WHEN clicked_at IS NULL THEN NULL WHEN clicked_at > delivered_at + ${AT_ONCE} OR delivered_at IS NULL THEN clicked_at END`
      : "clicked_at";
    return `SELECT *, ${person} AS person_clicked_at FROM (${from})`;
  }
  const earliest = times.map((column) => `min(${column}) AS ${column}`).join(", ");
  const first = carried.map(({ name }) => `, min(${name}) AS ${name}`).join("");
  const clicks = tells ? "list_sort(list(DISTINCT clicked_at) FILTER (WHERE clicked_at IS NOT NULL))" : "NULL";
  return `SELECT * EXCLUDE (clicks), ${tells ? PERSONS : "clicked_at"} AS person_clicked_at
      FROM (
        SELECT entity, ${earliest}, bool_or(machine_open) AS machine_open, send_id, ${clicks} AS clicks${first}
        FROM (${from})
        GROUP BY entity, send_id, CASE WHEN send_id IS NULL THEN sent_at END
      )`;
}

/** The first click that came neither at once nor right before or after another. */
const PERSONS = `list_min(list_filter(clicks, lambda click, i: (click > delivered_at + ${AT_ONCE} OR delivered_at IS NULL)
        AND NOT coalesce(click <= clicks[i - 1] + ${TWICE}, false) AND NOT coalesce(clicks[i + 1] <= click + ${TWICE}, false)))`;

/** Whether deliveries and clicks are known to the second. */
function tellsClicks(columns: SendRows["columns"]): boolean {
  const types = [columns.get("delivered_at")?.type, columns.get("clicked_at")?.type];
  return types.every((type) => type !== undefined && type !== "DATE");
}
