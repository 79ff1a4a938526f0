import { cp, rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isProblem } from "../../../../server/notebook/is-problem.ts";
import { readHistory } from "../../../../server/run/membership/read.ts";
import { whileRecording } from "../../../../server/run/membership/record.ts";
import type { Manifest } from "../../../../server/segments/membership/model.ts";
import { membersSql } from "../../../../server/segments/membership/stays.ts";
import { FAULTS, withFault } from "./faults.ts";
import { Histories, type Member, record } from "./histories.ts";

/** All of them take half a minute: `npm run faults` goes through them, the suite through every eleventh. */
const STEP = process.env.npm_lifecycle_event === "faults" ? 1 : 11;
const never = new AbortController().signal;
/** The third refresh puts the files of the two before together with its own. */
const SETTLE_AFTER = 3;

let histories: Histories;
let before: string;

beforeAll(async () => {
  histories = await Histories.open();
  before = histories.folder();
  for (const number of [1, 2]) await refresh(before, number);
});
afterAll(() => histories.close());

test.each([3, 4])(
  "refresh %d leaves the old history or the new one, whatever operation fails or is the last, and the next goes on",
  async (number) => {
    const start = histories.folder();
    await cp(before, start, { recursive: true });
    if (number > 3) await refresh(start, 3);
    const trial = await tried(start, number, null);
    expect(trial.operations.length).toBeGreaterThan(10);
    for (const [index] of trial.operations.entries())
      for (const [turn, how] of FAULTS.entries())
        if ((index * FAULTS.length + turn) % STEP === 0) await tried(start, number, { at: index + 1, how });
  },
  300_000,
);

/** One refresh of a copy of a history with one fault, and what must be true after it. */
async function tried(start: string, number: number, fault: Parameters<typeof withFault>[1]) {
  const folder = histories.folder();
  await cp(start, folder, { recursive: true });
  const { operations, ended } = await withFault(folder, fault, () => refresh(folder, number));
  const told = `${fault?.how ?? "no fault"} at ${fault?.at ?? 0}: ${operations.at(-1)}`;
  const isKept = !(ended instanceof Error) && !isProblem(ended);
  const found = await lengthOf(folder, told);
  // What was told as kept is kept; of what was not, nothing or all.
  expect(isKept ? [number] : [number - 1, number], told).toContain(found);
  if (ended instanceof Error) expect(ended.message, told).toBe("the process has ended");
  if (!(ended instanceof Error) && isProblem(ended)) expect(ended.code, told).toBe("refresh-not-written");
  const next = await refresh(folder, found + 1);
  expect(next, told).not.toHaveProperty("code");
  expect(await lengthOf(folder, told), told).toBe(found + 1);
  await rm(folder, { recursive: true });
  return { operations };
}

/** How many refreshes a history holds; each tells of the people who were in then. */
async function lengthOf(folder: string, told: string): Promise<number> {
  const history = await readHistory(folder, never);
  if (history === null || "code" in history) throw new Error(`${told}: ${history?.message ?? "there is no history"}`);
  const { length } = history.manifest.refreshes;
  for (let number = 1; number <= length; number += 1) {
    const each = [0, 1].map((slot) => `SELECT ${slot} AS slot, entity FROM (${membersSql(history, slot, number)})`);
    const members = membersAt(number).map((member) => member.join(" "));
    expect(await histories.pairs(each.join(" UNION ALL ")), told).toEqual(members.sort());
  }
  return length;
}

async function refresh(folder: string, number: number) {
  return whileRecording(folder, async () => {
    const found = await readHistory(folder, never);
    if (found !== null && "code" in found) throw new Error(found.message);
    const manifest: Manifest | null = found?.manifest ?? null;
    await histories.members("now_in", membersAt(number));
    return record(histories, folder, { manifest, table: "now_in", settleAfter: SETTLE_AFTER });
  });
}

function membersAt(number: number): Member[] {
  const all = Array.from({ length: 40 }, (_, person): Member => [person % 2, person]);
  return all.filter(([, person]) => (person * number) % 7 < 4);
}
