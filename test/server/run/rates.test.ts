import { describe, expect, it } from "vitest";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import { cell, openRuns, PATH, withHead } from "./notebook-runs.ts";

const never = new AbortController().signal;

const PEOPLE = "customer_id,spend\n1,90\n2,60\n3,20\n4,10\n";

// As of 31 October: from 3 October on; what was sent in the last 48 hours still matures.
const SENDS = `customer_id,sent_at,opened_at,clicked_at,bounced_at,machine_open
1,2026-10-10 10:00:00,2026-10-10 12:00:00,2026-10-10 12:01:00,,false
1,2026-10-11 10:00:00,2026-10-11 10:00:05,,,true
1,2026-10-12 10:00:00,,,,
2,2026-10-10 10:00:00,2026-10-20 12:00:00,,,false
2,2026-10-30 10:00:00,2026-10-30 11:00:00,,,false
3,2026-10-10 10:00:00,,,2026-10-10 10:01:00,
3,2026-10-13 10:00:00,2026-10-13 11:00:00,,,false
4,2026-10-02 10:00:00,2026-10-02 11:00:00,,,false
9,2026-10-10 10:00:00,2026-10-10 11:00:00,,,false
`;

const SEGMENTS = [
  cell("source", "people", "files: people.csv\ncolumns:\n  customer_id: BIGINT\n  spend: BIGINT"),
  cell("segments", "by_spend", "of: people\nsegments:\n  Rich: spend >= 50\n  Poor: spend < 50"),
].join("");

const TIMES = ["sent_at", "opened_at", "clicked_at", "bounced_at"].map((name) => `  ${name}: TIMESTAMP`).join("\n");
const SENT = cell(
  "source",
  "mails",
  `files: mails.csv\ncolumns:\n  customer_id: BIGINT\n${TIMES}\n  machine_open: BOOLEAN`,
);

async function ratesOf(text: string, data: Readonly<Record<string, string>>) {
  const runs = await openRuns(data);
  await runs.run(text, { asOf: "2026-10-31T00:00:00Z" });
  const segments = ["Rich", "Poor"].map((name) => ({ cell: "by_spend", name }));
  const ask = { path: PATH, text: withHead(text), set: {}, asOf: "2026-10-31T00:00:00Z", segments };
  const found = await runs.session.rates(ask, never);
  if (isProblem(found)) throw new Error(found.message);
  return found;
}

describe("What the people of segments do with what is sent to them", () => {
  it("is counted over 28 days, of delivered sends that had their time, opens by people alone", async () => {
    const view = await ratesOf(`${SEGMENTS}${SENT}`, { "people.csv": PEOPLE, "mails.csv": SENDS });
    expect(view.sends).toEqual({
      relation: "mails",
      from: "2026-10-03T00:00:00+00:00",
      until: "2026-10-31T00:00:00+00:00",
      matureAfter: "48 hours",
      byPeople: true,
    });
    const [rich, poor] = view.segments;
    // One of the rich's four was opened by a machine and one ten days later; the fifth matures.
    expect(rich).toMatchObject({ name: "Rich", delivered: 4, maturing: 1, open: { of: 3, count: 1, rate: 1 / 3 } });
    expect(rich).toMatchObject({ click: { of: 4, count: 1, rate: 1 / 4 }, unsubscribe: null });
    // R: prop.test(1, 4, correct = FALSE)$conf.int
    expect(rich?.click?.low).toBeCloseTo(0.04558726, 7);
    expect(rich?.click?.high).toBeCloseTo(0.69935818, 7);
    expect(poor).toMatchObject({ name: "Poor", delivered: 1, maturing: 0, open: { of: 1, count: 1, rate: 1 } });
    // Somebody of whom the cell's relation knows nothing is not among everybody.
    expect(view.everybody).toMatchObject({ delivered: 5, maturing: 1, open: { of: 4, count: 2, rate: 1 / 2 } });
  });

  it("is nothing in a notebook without sends, and no rate where nothing was delivered", async () => {
    expect(await ratesOf(SEGMENTS, { "people.csv": PEOPLE })).toEqual({ sends: null, everybody: null, segments: [] });
    const none = await ratesOf(`${SEGMENTS}${SENT}`, {
      "people.csv": PEOPLE,
      "mails.csv": `${SENDS.split("\n")[0]}\n1,2026-01-01 10:00:00,,,,false\n`,
    });
    expect(none.segments[0]).toMatchObject({ delivered: 0, click: { of: 0, rate: null, low: null, high: null } });
  });
});
