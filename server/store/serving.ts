import { join } from "node:path";
import { type Owner, type Taken, takeFile } from "../run/take-file.ts";

/** Takes a workspace for this process, or tells the live server that has it; what a dead one left is set aside. */
export function takeWorkspace(state: string): Promise<Taken | { readonly taken: Owner }> {
  return takeFile(join(state, "serving.json"));
}
