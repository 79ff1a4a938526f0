import { openDuckDb } from "../../../../server/engine/duckdb.ts";
import { readHistory } from "../../../../server/run/membership/read.ts";
import { Histories, type Member, record } from "./histories.ts";

/** Records refresh after refresh into the folder that is given, and says the number of each that is kept; ends by being killed. */
const folder = process.argv[2] ?? "";
const engine = await openDuckDb(null);
const histories = { engine, members: Histories.prototype.members } as Histories;
const found = await readHistory(folder, new AbortController().signal);
if (found !== null && "code" in found) throw new Error(found.message);
let manifest = found?.manifest ?? null;
for (;;) {
  const number = (manifest?.refreshes.length ?? 0) + 1;
  const all = Array.from({ length: 200 }, (_, person): Member => [person % 2, person]);
  await histories.members(
    "now_in",
    all.filter(([, person]) => (person * number) % 7 < 4),
  );
  manifest = await record(histories, folder, { manifest, table: "now_in", settleAfter: 3 });
  process.stdout.write(`${number}\n`);
}
