import { hundredCells } from "./hundred-cells.ts";
import { line, median } from "./report.ts";
import { BenchServer } from "./server.ts";
import { benchWorkspace, writeNotebook } from "./workspaces.ts";

const TIMES = 7;

/** Opening a notebook of 100 cells whose results are cached, and a rerun with nothing stale. */
export async function openAndRerun(): Promise<void> {
  const workspace = await benchWorkspace(2_000);
  const path = writeNotebook(workspace, "hundred", hundredCells());
  await withServer(workspace, (server) => server.run({ path }));
  const cold: number[] = [];
  const again: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    await withServer(workspace, async (server) => {
      // A person needs longer than this from the server's start to the first notebook.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      cold.push(await timed(() => open(server, path)));
      again.push(await timed(() => open(server, path)));
    });
  }
  line("opening 100 cells, first after the server's start", `${median(cold).toFixed(0)} ms`, "< 200 ms");
  line("opening 100 cells, kernel at hand", `${median(again).toFixed(0)} ms`, "< 200 ms");
  const rerun: number[] = [];
  await withServer(workspace, async (server) => {
    await open(server, path);
    for (let time = 0; time < TIMES; time++) rerun.push(await timed(() => server.run({ path })));
  });
  line("rerun with nothing stale, a cell", `${(median(rerun) / 100).toFixed(2)} ms`, "< 10 ms");
}

/** What the page asks before it can show: the notebook, what each cell is, and the rows at its top. */
async function open(server: BenchServer, path: string): Promise<void> {
  const query = `path=${encodeURIComponent(path)}`;
  const [, plan] = await Promise.all([server.json("GET", `/api/notebook?${query}`), server.plan(path)]);
  const stale = plan.cells.filter(({ state }) => state !== "fresh");
  if (stale.length > 0) throw new Error(`${stale.length} cells are not fresh: ${stale[0]?.id} ${stale[0]?.reason}`);
  await Promise.all(
    ["customers", "orders", "lines"].map((relation) =>
      server.json("GET", `/api/result?${query}&relation=${relation}&limit=100`),
    ),
  );
}

async function withServer(workspace: string, use: (server: BenchServer) => Promise<void>): Promise<void> {
  const server = await BenchServer.start(workspace);
  try {
    await use(server);
  } finally {
    await server.close();
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
