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
  const cold: Took[] = [];
  const again: Took[] = [];
  for (let time = 0; time < TIMES; time++) {
    await withServer(workspace, async (server) => {
      await server.settled();
      cold.push(await timed(server, () => open(server, path)));
      again.push(await timed(server, () => open(server, path)));
    });
  }
  line("opening 100 cells, first after the server's start", said(cold, 1), "< 200 ms");
  line("opening 100 cells, kernel at hand", said(again, 1), "< 200 ms");
  const rerun: Took[] = [];
  await withServer(workspace, async (server) => {
    await open(server, path);
    for (let time = 0; time < TIMES; time++) rerun.push(await timed(server, () => server.run({ path })));
  });
  line("rerun with nothing stale, a cell", said(rerun, 100), "< 10 ms");
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

interface Took {
  readonly wall: number;
  readonly cpu: number;
}

async function timed(server: BenchServer, work: () => Promise<void>): Promise<Took> {
  const [started, before] = [performance.now(), server.cpu()];
  await work();
  return { wall: performance.now() - started, cpu: server.cpu() - before };
}

/** Time by the clock, and what the server had of the cores, which other work on the machine does not lengthen. */
function said(took: readonly Took[], parts: number): string {
  const of = (name: keyof Took) => (median(took.map((one) => one[name])) / parts).toFixed(parts === 1 ? 0 : 2);
  return `${of("wall")} ms, CPU ${of("cpu")} ms`;
}
