import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { type AppOptions, createApp } from "../../../server/app.ts";
import type { Kernels } from "../../../server/routes/kernels.ts";
import { workspaceAt } from "../../../server/run/workspace.ts";

export const TOKEN = "a-token-for-tests";
export const HOST = "127.0.0.1:4173";
export const FIRST = "---\nsegbook: 1\ntitle: First\n---\n# First\n\n```sql a\nSELECT 1\n```\n";

/** A folder with notebooks/, data/ and a built page; removed after the file's tests. */
export function workspaceFolder(files: Record<string, string | Uint8Array> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "segbook-routes-")));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const all = {
    "notebooks/first.md": FIRST,
    "data/orders.csv": "id\n1\n",
    "page/index.html": "<!doctype html>",
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** Kernels for tests in which nothing runs: every question to them is a mistake of the test. */
export const noKernels = new Proxy<Partial<Kernels>>(
  {
    cancel: () => false,
    cancelCell: () => Promise.resolve(false),
    subscribe: () => () => undefined,
    close: () => Promise.resolve(),
  },
  {
    get: (known, name) => Reflect.get(known, name) ?? (() => Promise.reject(new Error("nothing runs in this test"))),
  },
) as Kernels;

export function appFor(root: string, options: Partial<AppOptions> = {}) {
  const address = { host: "127.0.0.1", port: 4173 };
  return createApp({
    workspace: workspaceAt(root),
    token: TOKEN,
    kernels: noKernels,
    assets: join(root, "page"),
    ...address,
    ...options,
  });
}

export type App = ReturnType<typeof appFor>;

/** A request as our own page sends it, signed in; headers may be changed, or left out with null. */
export async function call(
  app: App,
  method: string,
  path: string,
  { headers = {}, json, body }: { headers?: Record<string, string | null>; json?: unknown; body?: string } = {},
): Promise<Response> {
  const all = {
    Host: HOST,
    Cookie: `segbook_4173=${TOKEN}`,
    ...(method === "GET" ? {} : { Origin: `http://${HOST}` }),
    ...(json === undefined ? {} : { "Content-Type": "application/json" }),
    ...headers,
  };
  const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  return app.request(path, { method, headers: kept, body: json === undefined ? body : JSON.stringify(json) });
}

/** The code of the problem that a reply carries. */
export async function codeOf(response: Response): Promise<string> {
  const { problem } = (await response.json()) as { problem: { code: string } };
  return problem.code;
}
