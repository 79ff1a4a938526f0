import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { generateDemo } from "../../data/generate.ts";

export type Row = Record<string, unknown>;

/** A small demo in a folder of its own, with a view for each of its relations and one, `truth`, for what was planted. */
export interface Shop {
  readonly workspace: string;
  rows(sql: string): Promise<Row[]>;
  /** The only value of the only row, as a number. */
  number(sql: string): Promise<number>;
  close(): Promise<void>;
}

export async function openShop(customers: number, seed = 1): Promise<Shop> {
  const workspace = await mkdtemp(join(tmpdir(), "segbook-demo-"));
  await generateDemo({ out: workspace, customers, seed });
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(viewsSql(workspace));
  const rows = (sql: string) => objects(connection, sql);
  return {
    workspace,
    rows,
    number: async (sql) => Number(Object.values((await rows(sql))[0] ?? {})[0]),
    close: async () => {
      connection.closeSync();
      instance.closeSync();
      await rm(workspace, { recursive: true });
    },
  };
}

async function objects(connection: DuckDBConnection, sql: string): Promise<Row[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS();
}

function viewsSql(workspace: string): string {
  const demo = join(workspace, "data", "demo");
  const folders = ["order_lines", "web", "sends", "mail_events"];
  return [
    `CREATE VIEW customers AS FROM '${demo}/customers.csv'`,
    `CREATE VIEW orders AS FROM '${demo}/orders.csv'`,
    ...folders.map((folder) => `CREATE VIEW ${folder} AS FROM '${demo}/${folder}/*.parquet'`),
    `CREATE VIEW truth AS FROM '${workspace}/.segbook/demo-truth/archetypes.parquet'`,
  ].join(";\n");
}
