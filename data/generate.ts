import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { generateDemo, MOST_CUSTOMERS } from "./demo.ts";
import { isDemoPresent } from "./marker.ts";

export { type DemoOptions, type DemoProgress, generateDemo } from "./demo.ts";
export { DEMO_VERSION, isDemoPresent } from "./marker.ts";

const USAGE = `usage: generate [--out WORKSPACE] [--customers 20000] [--seed 1] [--if-missing]

Writes WORKSPACE/data/demo/ (default: the current folder), replacing a demo that is there. With --if-missing a demo
of today's making stays, and where --customers or --seed is given, only one of that size or seed.`;

/** The command: 0 made, 1 failed, 2 called wrongly, 130 cancelled. */
export async function main(args: readonly string[], signal?: AbortSignal): Promise<number> {
  const call = readCall(args);
  if (typeof call === "string") {
    console.error(`${call}\n\n${USAGE}`);
    return 2;
  }
  if (call.help) {
    console.log(USAGE);
    return 0;
  }
  if (call.ifMissing && (await isDemoPresent(call.out, call.given))) return 0;
  const started = performance.now();
  const { out, customers, seed } = call;
  try {
    await generateDemo({
      out,
      customers,
      seed,
      signal,
      onProgress: ({ step, done, total }) => console.error(`demo data: ${step} (${done} of ${total})`),
    });
  } catch (error) {
    if (signal?.aborted) return 130;
    console.error(`The demo data could not be made: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  console.error(`demo data: ${customers} customers in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return 0;
}

interface Call {
  readonly out: string;
  readonly customers: number;
  readonly seed: number;
  readonly help: boolean;
  readonly ifMissing: boolean;
  /** What was asked for in so many words. */
  readonly given: { readonly customers?: number; readonly seed?: number };
}

function readCall(args: readonly string[]): Call | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        out: { type: "string", default: "." },
        customers: { type: "string" },
        seed: { type: "string" },
        "if-missing": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const customers = values.customers === undefined ? 20_000 : wholeNumber(values.customers);
    const seed = values.seed === undefined ? 1 : wholeNumber(values.seed);
    if (customers === null || customers < 1 || customers > MOST_CUSTOMERS) {
      return `--customers must be a whole number from 1 to ${MOST_CUSTOMERS}, not "${values.customers}"`;
    }
    if (seed === null) return `--seed must be a whole number, not "${values.seed}"`;
    return {
      out: resolve(values.out),
      customers,
      seed,
      help: values.help,
      ifMissing: values["if-missing"],
      given: {
        ...(values.customers === undefined ? {} : { customers }),
        ...(values.seed === undefined ? {} : { seed }),
      },
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function wholeNumber(text: string): number | null {
  const value = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(value) ? value : null;
}

const [, called] = process.argv;
if (called !== undefined && import.meta.url === pathToFileURL(realpathSync(called)).href) {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  process.exitCode = await main(process.argv.slice(2), stop.signal);
}
