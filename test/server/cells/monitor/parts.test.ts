import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { monitor } from "../../../../server/cells/monitor.ts";
import { type Bench, type Given, openBench, studyAndRun } from "../harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const run = (given: Given) => studyAndRun(bench, monitor, given);
const notebook = (body: string) =>
  `---\nsegbook: 1\nentity: customer_id\ntimezone: UTC\n---\n\n\`\`\`monitor watch\n${body}\n\`\`\`\n`;

/** 400 people, of whom those below 300 are VIP and the others Rest. */
const PEOPLE =
  "SELECT i AS customer_id, CASE WHEN i < 300 THEN 'VIP' ELSE 'Rest' END AS segment FROM range(400) AS t(i)";

/**
 * 100 days with a send to each of 400; from 25 March 2026 on, day 70, something happens to VIP. `device` is known of those
 * who opened alone. `rate` and `promotional` are SQL over customer_id, day, domain and kind.
 */
function sends({ rate, promotional }: { rate: string; promotional: string }): string {
  return `
    SELECT customer_id, sent_at, CASE WHEN hash(customer_id, day, 1) % 1000 < 1000 * (${rate}) THEN sent_at + INTERVAL 1 HOUR END AS opened_at,
      kind, 'p' || customer_id || '@' || domain AS address, CASE WHEN opened_at IS NOT NULL THEN 'phone' END AS device,
      day * 400 + customer_id AS message_id
    FROM (
      SELECT *, CASE WHEN hash(customer_id, day, 2) % 1000 < 1000 * (${promotional}) THEN 'promotional' ELSE 'personal' END AS kind
      FROM (
        SELECT c.i AS customer_id, d.i AS day, TIMESTAMP '2026-01-14 09:00' + INTERVAL (d.i) DAY AS sent_at,
          CASE WHEN hash(c.i, 3) % 10 < 4 THEN 'Mail.example' WHEN hash(c.i, 3) % 10 < 7 THEN 'post.example' ELSE 'work.example' END AS domain
        FROM range(400) AS c(i), range(100) AS d(i)
      )
    )`;
}

const STEADY = { rate: "CASE kind WHEN 'personal' THEN 0.5 ELSE 0.2 END", promotional: "0.3" };
const CHANGED = "(customer_id < 300 AND day >= 70)";
const MIX = { ...STEADY, promotional: `CASE WHEN ${CHANGED} THEN 0.8 ELSE 0.3 END` };
const DOMAIN = { ...STEADY, rate: `CASE WHEN ${CHANGED} AND domain = 'Mail.example' THEN 0.12 ELSE 0.41 END` };
const RATE = {
  ...STEADY,
  rate: `CASE WHEN ${CHANGED} THEN 0.7 ELSE 1 END * CASE kind WHEN 'personal' THEN 0.5 ELSE 0.2 END`,
};

const BODY = "segments: groups\nsends: mail\nmetrics: [open_rate]\nmature_after: 1 day";
const given = (of: Parameters<typeof sends>[0], body = BODY): Given => ({
  notebook: notebook(body),
  relations: { groups: PEOPLE, mail: sends(of) },
  asOf: "2026-04-22T00:00:00Z",
});

async function explained(what: Given) {
  const ran = await run(what);
  expect(ran.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const alerts = await ran.rows();
  return { alerts, parts: await ran.rows("_parts") };
}

describe("why an alert of sends moved", () => {
  it("says that opens may be machines' only where no column tells", async () => {
    const what = given(RATE);
    const told = { ...what.relations, mail: `SELECT *, false AS machine_open FROM (${sends(RATE)})` };
    const { alerts } = await explained({ ...what, relations: told });
    expect(String(alerts[0]?.explanation)).toMatch(/^VIP: open rate fell from/);
  });

  it("is called mix where the kinds of mail shift and their rates stay, each part as counted by hand", async () => {
    const { alerts, parts } = await explained(given(MIX));
    expect(alerts.map(({ segment, tier, verdict }) => [segment, tier, verdict])).toEqual([["VIP", "confirmed", "mix"]]);
    const [alert] = alerts;
    expect(String(alert?.explanation)).toMatch(
      /^VIP: open rate \(may include machine opens\) fell from 4\d\.\d % to 2\d\.\d % \(.*\) since .*; a change of mix by kind: promotional went from 3\d % to 8\d % of the sends; about \d+ opens fewer a week\.$/,
    );
    const byHand = await counted(MIX, String(alert?.change_at));
    const rows = parts.filter(({ column }) => column === "kind");
    expect(rows.map(({ part }) => part).sort()).toEqual(["personal", "promotional"]);
    const total = rate(byHand, "later") - rate(byHand, "before");
    for (const row of rows) {
      const [before, after] = [byHand.before[String(row.part)], byHand.later[String(row.part)]];
      expect(Number(row.share_before)).toBeCloseTo((before?.n ?? 0) / sum(byHand.before, "n"), 12);
      expect(Number(row.share_after)).toBeCloseTo((after?.n ?? 0) / sum(byHand.later, "n"), 12);
      expect(Number(row.rate_before)).toBeCloseTo((before?.x ?? 0) / (before?.n ?? 1), 12);
      expect(Number(row.rate_after)).toBeCloseTo((after?.x ?? 0) / (after?.n ?? 1), 12);
    }
    for (const column of ["kind", "address_domain"]) {
      const added = parts.filter((row) => row.column === column);
      const all = added.reduce((whole, row) => whole + Number(row.mix) + Number(row.rate), 0);
      expect(Math.abs(all - total)).toBeLessThan(1e-9);
    }
  });

  it("is called rate, mostly of one mail domain, where that fell alone", async () => {
    const { alerts, parts } = await explained(given(DOMAIN));
    expect(alerts[0]).toMatchObject({ segment: "VIP", verdict: "rate" });
    expect(String(alerts[0]?.explanation)).toMatch(
      /; mostly mail\.example( \(\d\d+ % of the fall\))?, all kinds; about/,
    );
    // What is known of openers alone is no cause of opening, and what every send has its own of is no kind.
    expect([...new Set(parts.map(({ column }) => column))].sort()).toEqual(["address_domain", "kind"]);
  });

  it("is called rate of all kinds and domains where all fell alike", async () => {
    const { alerts } = await explained(given(RATE));
    expect(alerts[0]).toMatchObject({ segment: "VIP", verdict: "rate" });
    expect(String(alerts[0]?.explanation)).toMatch(/; all kinds and address domains; about/);
    // Members are today's: whether they changed is not known, and nothing is said of it.
    expect(String(alerts[0]?.explanation)).not.toContain("people");
  });

  it("is split by the columns of by alone, a time among them by how long before it was", async () => {
    const mail = `SELECT *, sent_at - INTERVAL (customer_id * 3 % 500) DAY AS joined_at FROM (${sends(RATE)})`;
    const what = { ...given(RATE, `${BODY}\nby: [joined_at, device]`), relations: { groups: PEOPLE, mail } };
    const { parts } = await explained(what);
    const of = (column: string) =>
      [...new Set(parts.filter((row) => row.column === column).map(({ part }) => part))].sort();
    expect(of("device")).toEqual(["(missing)", "phone"]);
    expect(of("joined_at")).toEqual(["31 to 90 days", "91 to 365 days", "over a year", "up to 30 days"]);
    expect(of("kind")).toEqual([]);
  });

  it("counts a send of several rows once, by what its rows say", async () => {
    const rows = `SELECT * FROM (${sends(MIX)})`;
    const mail = `${rows} UNION ALL SELECT * REPLACE (NULL AS opened_at) FROM (${rows}) WHERE kind = 'personal'`;
    const body = `${BODY}\ncolumns: {send_id: message_id}`;
    const once = await explained(given(MIX, body));
    const twice = await explained({ ...given(MIX, body), relations: { groups: PEOPLE, mail } });
    expect(twice.parts.length).toBeGreaterThan(0);
    expect(twice).toEqual(once);
  });

  it("has no parts of alerts at watch or where there are none", async () => {
    const { alerts, parts } = await explained(given(STEADY));
    expect([alerts.length, parts.length]).toEqual([0, 0]);
  });

  it("names the nearest column where one of by is not there", async () => {
    const ran = await run(given(RATE, `${BODY}\nby: [kinds]`));
    const [problem] = ran.problems;
    expect(problem).toMatchObject({ code: "column-missing", severity: "error", line: 12 });
    expect(problem?.message).toBe("`by` names `kinds`, which `mail` does not have.");
    expect(problem?.hint).toContain("`kind`");
  });
});

describe("why an alert of counts moved", () => {
  it("is told by a further column of the rows", async () => {
    const rows = `
      SELECT 'VIP' AS segment, DATE '2026-01-14' + day::INTEGER AS period, source,
        CASE WHEN source = 'shop' THEN CASE WHEN day >= 70 THEN 900 ELSE 300 END ELSE 700 END AS delivered,
        (delivered * CASE source WHEN 'shop' THEN 0.1 ELSE 0.4 END)::INTEGER + (day * 7 % 5) AS opened
      FROM range(100) AS d(day), (VALUES ('shop'), ('fair')) AS s(source)`;
    const ran = await run({
      notebook: notebook("counts: counted\nmetrics: [open_rate]"),
      relations: { counted: rows },
      asOf: "2026-12-01T00:00:00Z",
    });
    const [alert] = await ran.rows();
    expect(alert).toMatchObject({ segment: "VIP", verdict: "mix", change_at: "2026-03-25" });
    expect(String(alert?.explanation)).toContain("a change of mix by source: ");
    expect((await ran.rows("_parts")).map(({ column, part }) => `${column} ${part}`).sort()).toEqual([
      "source fair",
      "source shop",
    ]);
  });
});

interface Tally {
  n: number;
  x: number;
}
interface ByHand {
  readonly before: Record<string, Tally>;
  readonly later: Record<string, Tally>;
}

/** Counts VIP's sends by kind, row by row. */
async function counted(of: Parameters<typeof sends>[0], changeAt: string): Promise<ByHand> {
  const rows = await bench.engine.rows({
    sql: `SELECT kind, sent_at::DATE::VARCHAR AS day, opened_at IS NOT NULL AS opened FROM (${sends(of)}) WHERE customer_id < 300`,
  });
  const found: ByHand = { before: {}, later: {} };
  for (const row of rows) {
    const day = String(row.day);
    // Those of the 21st are not a day old at the end of it, and their cohort waits.
    if (day > "2026-04-20") continue;
    const side = found[day < changeAt ? "before" : "later"];
    const kind = String(row.kind);
    const tally = side[kind] ?? { n: 0, x: 0 };
    tally.n += 1;
    tally.x += row.opened === true ? 1 : 0;
    side[kind] = tally;
  }
  return found;
}

function sum(side: Record<string, Tally>, of: "n" | "x"): number {
  return Object.values(side).reduce((total, tally) => total + tally[of], 0);
}

function rate(of: ByHand, side: "before" | "later"): number {
  return sum(of[side], "x") / sum(of[side], "n");
}
