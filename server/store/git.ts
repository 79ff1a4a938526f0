import { execFile } from "node:child_process";
import { systemCode } from "./refusal.ts";

/** What git said, or why it did not: `missing` where there is no git. */
export type GitAnswer =
  | { readonly ok: true; readonly stdout: Buffer }
  | { readonly ok: false; readonly why: "missing" | "too-large" | "failed"; readonly stderr: string };

export interface GitCall {
  readonly folder: string;
  readonly args: readonly string[];
  /** In bytes. */
  readonly most: number;
  readonly signal: AbortSignal;
}

/** What a repository of somebody else could make git do besides reading it: programs, prompts, the network. */
const QUIET = ["--no-pager", "--literal-pathspecs", "--no-optional-locks"];
const SAFE = ["core.fsmonitor=false", "log.showSignature=false"];
/** A repository may say that what it lacks is to be fetched, and by which program; its settings go before ours, these before its. */
const SHUT = { GIT_ALLOW_PROTOCOL: "", GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0" };

/** Reads a repository by git's own program, without a shell. Throws only where the signal fires. */
export function git({ folder, args, most, signal }: GitCall): Promise<GitAnswer> {
  const { PATH, HOME, XDG_CONFIG_HOME, SystemRoot, USERPROFILE } = process.env;
  const env = { PATH, HOME, XDG_CONFIG_HOME, SystemRoot, USERPROFILE, LC_ALL: "C.UTF-8", ...SHUT };
  const all = [...QUIET, ...SAFE.flatMap((setting) => ["-c", setting]), ...args];
  return new Promise((resolve, reject) => {
    execFile("git", all, { cwd: folder, env, encoding: "buffer", maxBuffer: most, signal }, (error, stdout, stderr) => {
      if (error === null) return resolve({ ok: true, stdout });
      if (signal.aborted) return reject(signal.reason);
      const code = systemCode(error);
      const why = code === "ENOENT" ? "missing" : code.includes("MAXBUFFER") ? "too-large" : "failed";
      return resolve({ ok: false, why, stderr: stderr.toString("utf8").trim() });
    });
  });
}
