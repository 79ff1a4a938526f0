import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { CHROMIUM_ARGUMENTS } from "../chromium.ts";
import { mainFile } from "../workspace.ts";

/** A process of its own that a test may kill as the system would. */
export interface Killable {
  /** Ends it and its children with SIGKILL: nothing is told to it. */
  kill(): Promise<void>;
}

export interface RunningServer extends Killable {
  /** The address with its token. */
  readonly url: string;
  readonly port: number;
}

/** A port that no server takes by itself: those that are not told begin at 4173, and one that has ended must come back. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Serves a workspace; on a given port, as after a restart. */
export async function startServer(root: string, port?: number): Promise<RunningServer> {
  if (!existsSync(mainFile)) throw new Error("dist/ is missing: run `npm test`, or `npm run build` first");
  const args = [mainFile, "serve", "--workspace", root, ...(port === undefined ? [] : ["--port", String(port)])];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"], detached: true });
  const url = await heard(child, child.stdout, /https?:\/\/\S+/);
  return { url, port: Number(new URL(url).port), kill: () => kill(child) };
}

export interface RunningBrowser extends Killable {
  readonly browser: Browser;
  /** The profile's own context: what a page keeps in the browser is there in the next one of this profile. */
  readonly context: BrowserContext;
}

/** A browser with a profile that outlives it. */
export async function startBrowser(executable: string, profile: string): Promise<RunningBrowser> {
  const args = [...CHROMIUM_ARGUMENTS, "--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`];
  const child = spawn(executable, [...args, "about:blank"], { stdio: ["ignore", "ignore", "pipe"], detached: true });
  const endpoint = await heard(child, child.stderr, /ws:\/\/\S+/);
  const browser = await chromium.connectOverCDP(endpoint);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error("the browser has no context");
  return { browser, context, kill: () => kill(child) };
}

function heard(child: ChildProcess, stream: NodeJS.ReadableStream | null, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    stream?.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
      const found = wanted.exec(said)?.[0];
      if (found !== undefined && said.includes("\n")) resolve(found);
    });
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`ended with ${code}\n${said}`)));
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGKILL");
  await ended;
}
