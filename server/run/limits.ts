import { machine } from "./machine.ts";

/** What one kernel may use. */
export interface Limits {
  readonly threads: number;
  /** Of the engine, in bytes. */
  readonly memory: number;
  /** What the engine may put on the disk while it computes, and what one result may take there; in bytes. */
  readonly temp: number;
  /** Of one result. */
  readonly rows: number;
  /** Of one part of a cell, and of the answer to one question: a preview, a replay, a person's page. */
  readonly seconds: number;
}

export type LimitName = keyof Limits;

export const LIMIT_NAMES: readonly LimitName[] = ["threads", "memory", "temp", "rows", "seconds"];

export function isLimit(name: string): name is LimitName {
  return LIMIT_NAMES.some((limit) => limit === name);
}

const MB = 1024 ** 2;
const GB = 1024 ** 3;

/** What is given where nothing is set: a part of the machine that leaves room for whatever else runs on it. */
export function defaultLimits(folder: string): Limits {
  const { cores, memory, disk } = machine(folder);
  return {
    threads: cores,
    memory: Math.floor(Math.max(256 * MB, Math.min(16 * GB, memory * 0.5))),
    temp: Math.floor(Math.max(GB, Math.min(50 * GB, disk * 0.5))),
    rows: 100_000_000,
    seconds: 1_800,
  };
}

/** Reads a limit as a person writes it: `4`, `"4GB"`, `"512 MB"`. Gives the sentence that says what was expected. */
export function parseLimit(name: LimitName, value: unknown): number | string {
  const size = name === "memory" || name === "temp";
  const found = size ? bytesOf(value) : numberOf(value);
  const least = LEAST[name];
  const expected = size ? `a size of at least ${sizeText(least)}, such as 4GB` : `a whole number of at least ${least}`;
  if (found === null || !Number.isSafeInteger(found) || found < least)
    return `Expected ${expected}, found ${JSON.stringify(value)}.`;
  return found;
}

/** A limit as a person reads it: `4 GB`, `100,000,000 rows`, `1,800 seconds`. */
export function limitText(name: LimitName, value: number): string {
  if (name === "memory" || name === "temp") return sizeText(value);
  return `${value.toLocaleString("en")} ${value === 1 ? name.replace(/s$/, "") : name}`;
}

/** Below these nothing works at all. */
const LEAST: Limits = { threads: 1, memory: 64 * MB, temp: MB, rows: 1, seconds: 1 };

const UNITS: Readonly<Record<string, number>> = { "": 1, B: 1, KB: 1024, MB, GB, TB: 1024 ** 4 };

/** As a person means it: a GB is 1,024 MB, with or without the `i`. */
function bytesOf(value: unknown): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([KMGT]?)i?(B?)\s*$/i.exec(String(value));
  if (match === null || (typeof value !== "string" && typeof value !== "number")) return null;
  const [, digits = "", prefix = "", byte = ""] = match;
  const unit = UNITS[`${prefix.toUpperCase()}${prefix === "" ? byte.toUpperCase() : "B"}`];
  return unit === undefined ? null : Math.floor(Number(digits) * unit);
}

function numberOf(value: unknown): number | null {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\s*\d+\s*$/.test(value) ? Number(value) : null;
}

function sizeText(bytes: number): string {
  const [unit, size] = bytes >= GB ? ["GB", GB] : bytes >= MB ? ["MB", MB] : ["bytes", 1];
  return `${(bytes / size).toLocaleString("en", { maximumFractionDigits: 1 })} ${unit}`;
}
