// AssemblyScript: the chain of nearest neighbours, whose decisions are those of `server/cluster/chain.ts`.
import { record } from "../memory/joins";
import { double, int, setInt, zeros } from "../memory/numbers";
import { areWorn, closeUp } from "./closing-up";
import { join } from "./joining";
import { search } from "./nearest";
import { dead, idOf, least, nearest, pointOf, slotOf } from "./slots";
import { place } from "./tiles";

/** Ids of the chain's clusters, and how many they are. */
let chain: usize = 0;
let chained: i32 = 0;
/** Slots before it are dead. */
let start: i32 = 0;

export function layChain(clusters: i32): void {
  chain = zeros((<usize>(clusters + 1)) << 2);
}

/** One link: goes on, or joins the end. */
export function step(): void {
  if (chained === 0) {
    while (double(dead, start) !== 0) start++;
    push(int(idOf, start));
  }
  const top = int(chain, chained - 1);
  let before = chained > 1 ? int(chain, chained - 2) : -1;
  if (before >= 0 && int(slotOf, before) < 0) {
    setInt(chain, 0, top);
    chained = 1;
    before = -1;
  }
  const slot = int(slotOf, top);
  if (double(nearest, slot) < 0) search(slot);
  const distance = double(least, slot);
  const other = before < 0 ? -1 : int(slotOf, before);
  if (other < 0 || load<f64>(place(slot, other)) !== distance) {
    push(int(idOf, <i32>double(nearest, slot)));
    return;
  }
  record(int(pointOf, slot), int(pointOf, other), distance);
  join(min(slot, other), max(slot, other));
  chained -= 2;
  if (chained > 0 && int(slotOf, int(chain, chained - 1)) < 0) chained = 0;
  if (!areWorn()) return;
  closeUp();
  start = 0;
}

function push(id: i32): void {
  setInt(chain, chained++, id);
}
