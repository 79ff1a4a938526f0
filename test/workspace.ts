import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const projectRoot = fileURLToPath(new URL("..", import.meta.url));

/** The compiled command line. */
export const mainFile = join(projectRoot, "dist", "server", "main.js");

export interface TestWorkspace {
  readonly root: string;
  /** Writes a file below the workspace. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Text of a file below the workspace. */
  read(path: string): Promise<string>;
  /** The command line on this workspace, as a person would call it. */
  segbook(...args: string[]): Promise<Said>;
  /** A relation as the command line prints it: one object a row. */
  show(notebook: string, relation: string, ...args: string[]): Promise<Record<string, unknown>[]>;
  remove(): Promise<void>;
}

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface WorkspaceFiles {
  readonly notebooks?: Readonly<Record<string, string>>;
  /** Paths below data/ → content, or a file to copy. */
  readonly data?: Readonly<Record<string, string | Uint8Array | { copy: string }>>;
}

/** A workspace in a folder of its own, gone when the test is over. */
export async function testWorkspace(files: WorkspaceFiles): Promise<TestWorkspace> {
  const workspace = await openWorkspace(files);
  onTestFinished(workspace.remove);
  return workspace;
}

/** A workspace for several tests, which whoever opens it removes. */
export async function openWorkspace(files: WorkspaceFiles): Promise<TestWorkspace> {
  const root = await mkdtemp(join(tmpdir(), "segbook-"));
  await mkdir(join(root, "notebooks"), { recursive: true });
  await mkdir(join(root, "data"), { recursive: true });
  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
  for (const [name, text] of Object.entries(files.notebooks ?? {})) await write(`notebooks/${name}`, text);
  for (const [name, content] of Object.entries(files.data ?? {})) {
    if (typeof content === "string" || content instanceof Uint8Array) await write(`data/${name}`, content);
    else {
      await mkdir(dirname(join(root, "data", name)), { recursive: true });
      await cp(content.copy, join(root, "data", name));
    }
  }
  const segbook = (...args: string[]) => call([...args, "--workspace", root], root);
  return {
    root,
    remove: () => rm(root, { recursive: true, force: true }),
    write,
    read: (path) => readFile(join(root, path), "utf8"),
    segbook,
    show: async (notebook, relation, ...args) => {
      const said = await segbook("show", notebook, relation, "--format", "json", ...args);
      if (said.code !== 0) throw new Error(`show ${relation} ended with ${said.code}\n${said.stderr}`);
      return JSON.parse(said.stdout) as Record<string, unknown>[];
    },
  };
}

/** Runs the compiled command line. */
export function call(args: readonly string[], cwd: string): Promise<Said> {
  if (!existsSync(mainFile)) throw new Error("dist/ is missing: run `npm test`, or `npm run build` first");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [mainFile, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString("utf8");
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString("utf8");
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}
