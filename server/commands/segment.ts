import { readFile } from "node:fs/promises";
import { type AskFlags, readAsk } from "./ask.ts";
import { CallFault } from "./command.ts";
import { printMembers } from "./segment/members.ts";
import { readInto } from "./segment/read-into.ts";
import { writeOut } from "./segment/write-out.ts";
import { segmentName, WHICH_SEGMENT } from "./segment-name.ts";

export interface SegmentFlags extends AskFlags {
  readonly as?: string;
  readonly from?: string;
  readonly format?: string;
  readonly columns?: unknown;
  readonly out?: string;
  readonly map?: unknown;
  readonly name?: string;
}

/** Gives a segment to other tools, or takes one of theirs into a cell of the notebook. */
export async function segment(
  notebook: string | undefined,
  which: string | undefined,
  flags: SegmentFlags,
): Promise<number> {
  if (which === undefined) throw new CallFault(WHICH_SEGMENT);
  const { cell, name } = segmentName(which);
  const map = pairsOf(flags.map);
  if (flags.from !== undefined) {
    const file = String(flags.from);
    const source = await readFile(file, "utf8").catch((error: unknown) => {
      throw new CallFault(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}.`);
    });
    const wanted = { cell, name: flags.name ?? name, as: flags.as, map, source, file };
    return readInto(await readAsk(notebook, flags), wanted);
  }
  if (name === null) throw new CallFault(`Which segment of \`${cell}\`? Name it behind a dot, such as '${cell}.VIP'.`);
  const asked = await readAsk(notebook, flags);
  const out = flags.out === undefined ? null : String(flags.out);
  if ((flags.as ?? "members") !== "members") return writeOut(asked, { cell, name, as: String(flags.as), map, out });
  const columns = listOf(flags.columns)
    .flatMap((one) => one.split(","))
    .map((one) => one.trim());
  return printMembers(asked, { cell, name, columns: columns.filter((one) => one !== ""), format: flags.format, out });
}

/** `--map one=other`, once or more often; the name before the last `=` may hold others. */
function pairsOf(given: unknown): Record<string, string> {
  const pairs = listOf(given).map((item) => {
    const at = item.lastIndexOf("=");
    if (at < 1 || at === item.length - 1) throw new CallFault(`--map takes name=name, found ${item}.`);
    return [item.slice(0, at), item.slice(at + 1)] as const;
  });
  return Object.fromEntries(pairs);
}

function listOf(given: unknown): string[] {
  return given === undefined ? [] : (Array.isArray(given) ? given : [given]).map(String);
}
