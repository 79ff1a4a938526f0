import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../notebook/model.ts";
import { didYouMean } from "../notebook/nearest.ts";
import { defaultLimits, isLimit, LIMIT_NAMES, type Limits, parseLimit } from "./limits.ts";
import { linkProblem } from "./links.ts";
import type { Workspace } from "./workspace.ts";

/** What a workspace's `.segbook/settings.json` says, every default filled in. */
export interface Settings {
  readonly limits: Limits;
  /** Kernels that may work at one time; whoever asks for more is told to come again. */
  readonly kernels: number;
  /** Minutes after which a kernel that nobody asks anything is put away. */
  readonly idle: number;
}

const OTHERS = { kernels: 4, idle: 10 };
const KNOWN: readonly string[] = [...LIMIT_NAMES, ...Object.keys(OTHERS)];

/** What holds for a workspace that sets nothing. */
export function defaultSettings(workspace: Workspace): Settings {
  return { limits: defaultLimits(workspace.root), ...OTHERS };
}

/** Defaults for this machine, then the workspace's settings, then what the call gives (`--memory 4GB`). */
export function readSettings(workspace: Workspace, call: Readonly<Record<string, unknown>> = {}): Settings | Problem {
  const link = linkProblem(workspace);
  if (link !== null) return link;
  const file = join(workspace.state, "settings.json");
  const content = contentOf(file);
  if (typeof content === "string")
    return fault("settings-unreadable", `${file} ${content}`, "Mend or remove the file.");
  const set: Record<string, number> = { ...OTHERS, ...defaultLimits(workspace.root) };
  for (const [name, value] of Object.entries(content)) {
    if (!KNOWN.includes(name)) {
      const hint = didYouMean(name, KNOWN, `There are ${KNOWN.map((one) => `\`${one}\``).join(", ")}.`);
      return fault("unknown-setting", `${file}: there is no setting \`${name}\`.`, hint);
    }
    const found = read(name, value);
    if (typeof found === "string") return fault("bad-setting", `${file}: bad value of \`${name}\`.`, found);
    set[name] = found;
  }
  for (const name of LIMIT_NAMES) {
    if (call[name] === undefined) continue;
    const found = read(name, call[name]);
    if (typeof found === "string") return fault("bad-limit", `Bad value of --${name}.`, found);
    set[name] = found;
  }
  const { kernels = OTHERS.kernels, idle = OTHERS.idle, ...limits } = set;
  return { limits: limits as unknown as Limits, kernels, idle };
}

function read(name: string, value: unknown): number | string {
  // The others are whole numbers too.
  return parseLimit(isLimit(name) ? name : "seconds", value);
}

/** What the file holds, nothing where there is none; a text says why it can't be read. */
function contentOf(file: string): Record<string, unknown> | string {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    const isMap = content !== null && typeof content === "object" && !Array.isArray(content);
    return isMap ? (content as Record<string, unknown>) : 'is no object such as {"memory": "4GB"}.';
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    return `can't be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

function fault(code: string, message: string, hint: string): Problem {
  return { code, severity: "error", cell: null, line: null, column: null, message, hint };
}
