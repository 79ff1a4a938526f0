// AssemblyScript: joins two clusters.
import { double } from "../memory/numbers";
import { combine } from "./linkage";
import { adaptAll, findLeast } from "./nearest";
import { live, size, unite } from "./slots";
import { gather, one, scatter, two } from "./tiles";

/** Joins the cluster in slot `goes` to that in slot `stays`, which is the smaller. */
export function join(stays: i32, goes: i32): void {
  gather(stays, one);
  gather(goes, two);
  combine(double(size, stays), double(size, goes));
  scatter(stays, one);
  unite(stays, goes);
  adaptAll(stays, goes);
  if (live > 1) findLeast(stays, one);
}
