import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { type Checked, checkNotebook } from "../../../server/check/check.ts";
import { CODES } from "../../../server/check/codes.ts";
import type { Finding } from "../../../server/check/finding.ts";
import { workspaceAt } from "../../../server/run/workspace.ts";
import { NotebookRuns, openRuns, PATH, withHead } from "../run/notebook-runs.ts";

const never = new AbortController().signal;

/** What check says of a text over data files, with nothing run before. */
export async function checked(text: string, data: Readonly<Record<string, string>> = DATA): Promise<Findings> {
  return checkedIn(await openRuns(data), text);
}

export async function checkedIn(runs: NotebookRuns, text: string): Promise<Findings> {
  const ask = { path: PATH, text: withHead(text), set: {}, asOf: null, silos: "measure" } as const;
  const result = await checkNotebook(runs.session, ask, never);
  const bySeverity = new Map(CODES.map(({ code, severity }) => [code, severity]));
  // The table says what is printed; `duplicate-column` alone is an error in a source and a warning in SQL.
  for (const { code, severity } of result.findings.filter(({ code }) => code !== "duplicate-column"))
    expect({ code, severity: bySeverity.get(code) }).toEqual({ code, severity });
  return new Findings(result, ask.text);
}

export class Findings {
  constructor(
    readonly checked: Checked,
    private readonly text: string,
  ) {}

  get codes(): string[] {
    return this.checked.findings.map(({ code }) => code);
  }

  of(code: string): Finding[] {
    return this.checked.findings.filter((one) => one.code === code);
  }

  /** The text that a finding points to, of so many characters. */
  at(code: string, length: number): string {
    const found = this.of(code)[0];
    const line = this.text.split("\n")[(found?.line ?? 0) - 1] ?? "";
    return line.slice((found?.column ?? 1) - 1, (found?.column ?? 1) - 1 + length);
  }
}

export const DATA = {
  "customers.csv": "customer_id,email,country,referred_by\n1,a@x.org,UK,\n2,b@x.org,DE,1\n3,c@x.org,UK,2\n",
  "orders.csv":
    "order_id,customer_id,amount,category,ordered_at\n1,1,10.50,Bath,2026-10-01 10:00:00\n2,2,20.00,Kitchen,2026-10-02 11:00:00\n3,3,5.25,Bath,2026-09-01 09:00:00\n",
  "lines.csv": "order_id,line,sku,price\n1,1,A,10.50\n2,1,B,20.00\n3,1,A,5.25\n",
};

/** Sources of which all that check wants is said. */
export const CUSTOMERS = `\`\`\`source customers
files: customers.csv
columns:
  customer_id: {type: BIGINT, required: true, unique: true}
  country: {one_of: [UK, DE, FR]}
\`\`\`

`;

export const ORDERS = `\`\`\`source orders
files: orders.csv
columns:
  order_id: {type: BIGINT, required: true, unique: true}
  customer_id: {type: BIGINT, required: true}
  amount: 'DECIMAL(10,2)'
  category: {one_of: [Bath, Kitchen]}
  ordered_at: TIMESTAMP
event: placed order
at: ordered_at
\`\`\`

`;

export const LINES = `\`\`\`source lines
files: lines.csv
columns:
  order_id: {type: BIGINT, required: true}
  price: 'DECIMAL(10,2)'
dedupe: [order_id, line]
\`\`\`

`;

export function sql(id: string, text: string): string {
  return `\`\`\`sql ${id}\n${text}\n\`\`\`\n\n`;
}

/** One workspace for all tests of a file. */
export async function sharedRuns(data: Readonly<Record<string, string>> = DATA): Promise<NotebookRuns> {
  const root = await mkdtemp(join(tmpdir(), "segbook-"));
  const runs = new NotebookRuns(workspaceAt(root));
  await mkdir(runs.workspace.data);
  await mkdir(runs.workspace.notebooks);
  for (const [name, text] of Object.entries(data)) await runs.put(name, text);
  afterAll(async () => {
    await runs.close();
    await rm(root, { recursive: true, force: true });
  });
  return runs;
}
