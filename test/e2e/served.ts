import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inject } from "vitest";
import { projectRoot } from "../workspace.ts";

/** A workbench that is served from a workspace of its own, as `npm start` would serve it. */
export interface Served {
  readonly root: string;
  /** The address with its token. */
  readonly url: string;
  /** What the server printed beside its address, a line each. */
  said(): string[];
  /** Ends the server and removes the workspace. */
  close(): Promise<void>;
}

/** Copies the demo that was made for all tests, and serves it with the example notebooks. */
export async function serveDemo(): Promise<Served> {
  const root = await mkdtemp(join(tmpdir(), "segbook-e2e-"));
  for (const folder of ["notebooks", join("data", "demo")])
    await cp(join(inject("demoWorkspace"), folder), join(root, folder), { recursive: true });
  return serve(root);
}

/** Serves a workspace of these files alone; paths are relative to it. */
export async function serveFiles(files: Readonly<Record<string, string>>): Promise<Served> {
  const root = await mkdtemp(join(tmpdir(), "segbook-e2e-"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return serve(root);
}

async function serve(root: string): Promise<Served> {
  const main = join(projectRoot, "dist", "server", "main.js");
  if (!existsSync(main)) throw new Error("dist/ is missing: run `npm test`, or `npm run build` first");
  const server = spawn(process.execPath, [main, "serve", "--workspace", root], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  server.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  const url = await addressOf(server);
  return {
    root,
    url,
    said: () => said.split("\n").filter((line) => line !== ""),
    close: async () => {
      const closed = new Promise((resolve) => server.once("close", resolve));
      server.kill("SIGTERM");
      await closed;
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** The first address that the server prints. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk: Buffer) => {
      said += chunk.toString("utf8");
      const url = /https?:\/\/\S+/.exec(said)?.[0];
      if (url !== undefined && said.includes("\n")) resolve(url);
    };
    server.stdout?.on("data", hear);
    server.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
    });
    server.once("error", reject);
    server.once("close", (code) => reject(new Error(`The server ended with ${code}.\n${said}`)));
  });
}
