import { headKeys } from "./head-keys.ts";
import type { Head, Problem } from "./model.ts";
import { didYouMean } from "./nearest.ts";
import { readYaml } from "./yaml/read.ts";

/** The newest format that this program writes and runs. */
export const FORMAT = 1;

export interface HeadReading {
  readonly head: Head;
  readonly problems: Problem[];
  readonly readOnly: boolean;
}

/** What holds where the head says nothing. */
export const DEFAULT_HEAD: Head = {
  segbook: FORMAT,
  title: null,
  entity: "customer_id",
  as_of: "now",
  timezone: "UTC",
  week_starts: "monday",
  seed: 1,
  exclude: null,
};

/** Reads the YAML between the head's two lines `---`; `line` is the file's line of its first line. */
export function readHead(text: string, line: number): HeadReading {
  const yaml = readYaml(text, {
    cell: null,
    line,
    rules: (path) => path.length === 1 && path[0] === "exclude",
  });
  if (yaml.value === null)
    return {
      head: DEFAULT_HEAD,
      problems: yaml.problems,
      readOnly: newerIn(text),
    };
  const version = yaml.value.segbook;
  const readOnly = typeof version === "number" && Number.isInteger(version) && version > FORMAT;
  const problems: Problem[] = [];
  const told = (
    path: string,
    severity: Problem["severity"],
    fault: Pick<Problem, "code" | "message" | "hint">,
  ): void => {
    const place = fault.code === "unknown-key" ? yaml.keyAt([path]) : yaml.at([path]);
    problems.push({ ...fault, severity, cell: null, ...place });
  };
  const head: Record<string, unknown> = { ...DEFAULT_HEAD };
  for (const [key, value] of Object.entries(yaml.value)) {
    if (key.startsWith("x_")) continue;
    const spec = headKeys.get(key);
    if (!spec) {
      // A newer format may have keys that this program can't know.
      if (!readOnly) told(key, "error", unknownKey(key));
      continue;
    }
    const read = spec(value);
    if ("value" in read) head[key] = read.value;
    else told(key, "error", read);
  }
  if (!("segbook" in yaml.value)) problems.push(versionMissing(line));
  if (readOnly) told("segbook", "note", newer(version));
  return { head: head as unknown as Head, problems, readOnly };
}

/** A head that can't be read may still be of a newer format, and must not be written over. */
function newerIn(text: string): boolean {
  const version = /^segbook:[ \t]*(\d+)[ \t]*(?:#.*)?$/m.exec(text)?.[1];
  return version !== undefined && Number(version) > FORMAT;
}

function unknownKey(key: string): Pick<Problem, "code" | "message" | "hint"> {
  const hint = didYouMean(key, headKeys.keys(), `The head's keys are ${[...headKeys.keys()].join(", ")}.`);
  return {
    code: "unknown-key",
    message: `\`${key}\` is not a key of the head.`,
    hint,
  };
}

function newer(version: number): Pick<Problem, "code" | "message" | "hint"> {
  return {
    code: "newer-format",
    message: `This notebook is of format ${version}, and this program knows formats up to ${FORMAT}: it opens for reading only.`,
    hint: "Use a newer Segbook to change or run it.",
  };
}

function versionMissing(line: number): Problem {
  return {
    code: "version-missing",
    severity: "error",
    cell: null,
    line,
    column: 1,
    message: "The head does not say which format the notebook is of.",
    hint: `Write \`segbook: ${FORMAT}\` as the head's first line.`,
  };
}
