import { hundredCells } from "./hundred-cells.ts";
import { line } from "./report.ts";
import { BenchServer } from "./server.ts";
import { benchWorkspace, writeNotebook } from "./workspaces.ts";

const RUNS = 200;

/** Resident memory over 200 runs, of which each computes some cells anew by another value of an input. */
export async function memoryOverRuns(): Promise<void> {
  const workspace = await benchWorkspace(2_000);
  const path = writeNotebook(workspace, "hundred", hundredCells());
  // With little room what is not needed is given up soon, and only what is kept shows.
  const server = await BenchServer.start(workspace, "--max-old-space-size=32 --max-semi-space-size=1");
  try {
    const found: { server: number; kernels: number }[] = [];
    for (let run = 0; run < RUNS; run++) {
      await server.run({ path, set: { least_0: 10 + (run % 40) } });
      if (run % 20 === 19) found.push(server.memory());
    }
    const text = (name: "server" | "kernels") =>
      [found[0], found[Math.floor(found.length / 2)], found.at(-1)].map((one) => one?.[name].toFixed(0)).join(", ");
    line("memory after 20, 120 and 200 runs: server", `${text("server")} MB`, "level");
    line("  its kernels, with the one that stands ready", `${text("kernels")} MB`, "level");
  } finally {
    await server.close();
  }
}
