import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { generateDemo, MOST_CUSTOMERS } from "./demo.ts";

export { type DemoOptions, type DemoProgress, generateDemo } from "./demo.ts";
export { DEMO_VERSION, isDemoPresent } from "./marker.ts";

const USAGE = `usage: generate [--out WORKSPACE] [--customers 20000] [--seed 1]

Writes WORKSPACE/data/demo/ (default: the current folder), replacing a demo that is there.`;

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
  const started = performance.now();
  try {
    await generateDemo({
      ...call,
      signal,
      onProgress: ({ step, done, total }) => console.error(`demo data: ${step} (${done} of ${total})`),
    });
  } catch (error) {
    if (signal?.aborted) return 130;
    console.error(`The demo data could not be made: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  console.error(`demo data: ${call.customers} customers in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return 0;
}

interface Call {
  readonly out: string;
  readonly customers: number;
  readonly seed: number;
  readonly help: boolean;
}

function readCall(args: readonly string[]): Call | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        out: { type: "string", default: "." },
        customers: { type: "string", default: "20000" },
        seed: { type: "string", default: "1" },
        help: { type: "boolean", default: false },
      },
    });
    const customers = Number(values.customers);
    const seed = Number(values.seed);
    if (!/^\d+$/.test(values.customers) || customers < 1 || customers > MOST_CUSTOMERS) {
      return `--customers must be a whole number from 1 to ${MOST_CUSTOMERS}, not "${values.customers}"`;
    }
    if (!/^\d+$/.test(values.seed) || !Number.isSafeInteger(seed)) {
      return `--seed must be a whole number, not "${values.seed}"`;
    }
    return { out: resolve(values.out), customers, seed, help: values.help };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  process.exitCode = await main(process.argv.slice(2), stop.signal);
}
