import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { months } from "./calendar.ts";
import { productsTable } from "./catalogue.ts";
import { type Connection, type Database, openDatabase } from "./database.ts";
import { DEMO_VERSION, writeMarker } from "./marker.ts";
import { orderLinesQuery, ordersOfMonth, ordersQuery } from "./orders.ts";
import { archetypesTable, customersQuery, daysTable, peopleTable } from "./people.ts";
import { literal, randomness } from "./randomness.ts";
import { mailEventsQuery, STOPPED_TABLE, sendsOfMonth, sendsQuery, shocksTable } from "./sends.ts";
import { writeTruth } from "./truth.ts";
import { hitsQuery } from "./web.ts";
import { type Folders, writeWhole } from "./write-whole.ts";

export interface DemoOptions {
  /** The workspace: files go to its `data/demo/`, the planted truth to its `.segbook/demo-truth/`. */
  readonly out: string;
  readonly customers: number;
  readonly seed: number;
  /** How many threads the engine may use, by default one a core; the rows do not depend on it. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DemoProgress) => void;
}

export interface DemoProgress {
  /** What has just been made: `customers`, `shop 2026-03`, `mail 2026-03`, `orders`. */
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

/** More people would run into each other's numbers. */
export const MOST_CUSTOMERS = 9_999_999;

/** Makes the demo's data, whole or not at all; the same customers and seed give the same rows. */
export async function generateDemo(options: DemoOptions): Promise<void> {
  const { out, customers, seed, signal } = options;
  if (!Number.isInteger(customers) || customers < 1 || customers > MOST_CUSTOMERS) {
    throw new RangeError(`customers must be a whole number from 1 to ${MOST_CUSTOMERS}, not ${customers}`);
  }
  if (!Number.isSafeInteger(seed)) throw new RangeError(`the seed must be a whole number, not ${seed}`);
  signal?.throwIfAborted();

  const total = 2 * months().length + 2;
  let done = 0;
  const report = (step: string): void => {
    done += 1;
    options.onProgress?.({ step, done, total });
  };
  await writeWhole(out, async (folders) => {
    for (const folder of MONTHLY) await mkdir(join(folders.data, folder));
    const database = await openDatabase(folders.spill, options);
    try {
      await makeCustomers(await database.connect(), folders, options);
      report("customers");
      await makeMonths(database, folders, report);
    } finally {
      database.close();
    }
    await writeMarker(folders.data, { version: DEMO_VERSION, customers, seed });
    signal?.throwIfAborted();
  });
}

/** Folders with one Parquet file a month. */
const MONTHLY = ["web", "order_lines", "sends", "mail_events"] as const;

async function makeCustomers(
  connection: Connection,
  { data, truth }: Folders,
  { customers, seed }: { readonly customers: number; readonly seed: number },
): Promise<void> {
  await connection.run(...randomness(seed), archetypesTable(), daysTable(), productsTable(), peopleTable(customers));
  await connection.run(copy(customersQuery(), join(data, "customers.csv")));
  await writeTruth(connection, { truth, customers, seed });
}

/** Shop and mail know nothing of each other, so they are made side by side. */
async function makeMonths(database: Database, folders: Folders, report: (step: string) => void): Promise<void> {
  const both = Promise.allSettled([makeShop(database, folders, report), makeMail(database, folders, report)]);
  for (const result of await both) if (result.status === "rejected") throw result.reason;
}

async function makeShop(database: Database, folders: Folders, report: (step: string) => void): Promise<void> {
  const shop = await database.connect();
  for (const month of months()) {
    await shop.run(
      ...ordersOfMonth(month),
      copy(ordersQuery(), join(folders.spill, `orders-${month}.parquet`)),
      copy(orderLinesQuery(), monthly(folders, "order_lines", month)),
      copy(hitsQuery(month), monthly(folders, "web", month)),
    );
    report(`shop ${month}`);
  }
  const parts = literal(join(folders.spill, "orders-*.parquet"));
  await shop.run(copy(`FROM read_parquet(${parts})`, join(folders.data, "orders.csv")));
  report("orders");
}

async function makeMail(database: Database, folders: Folders, report: (step: string) => void): Promise<void> {
  const mail = await database.connect();
  await mail.run(shocksTable(), STOPPED_TABLE);
  const written: string[] = [];
  for (const month of months()) {
    await mail.run(...sendsOfMonth(month), copy(sendsQuery(), monthly(folders, "sends", month)));
    written.push(monthly(folders, "sends", month));
    // An open comes up to six days after its send, so that a month's events are also of the month before.
    const sends = `read_parquet([${written.slice(-2).map(literal).join(", ")}])`;
    await mail.run(copy(mailEventsQuery(sends, month), monthly(folders, "mail_events", month)));
    report(`mail ${month}`);
  }
}

function monthly(folders: Folders, folder: (typeof MONTHLY)[number], month: string): string {
  return join(folders.data, folder, `${month}.parquet`);
}

function copy(query: string, file: string): string {
  return `COPY (${query}) TO ${literal(file)}`;
}
