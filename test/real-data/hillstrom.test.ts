import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { monitor as monitorKind } from "../../server/cells/monitor.ts";
import { openBench, studyAndRun } from "../server/cells/harness.ts";
import { sharedData } from "../shared-data.ts";
import { testWorkspace } from "../workspace.ts";

const file = sharedData("hillstrom/hillstrom.csv.gz");

const notebook = `---
segbook: 1
title: Hillstrom
as_of: 2008-04-30
---

\`\`\`source mailing
files: hillstrom.csv.gz
\`\`\`

\`\`\`sql counted
SELECT segment, DATE '2008-03-20' AS period, count(*) AS delivered, sum(visit)::BIGINT AS opened, sum(conversion)::BIGINT AS clicked
FROM mailing
GROUP BY segment
ORDER BY segment
\`\`\`

\`\`\`monitor answers
counts: counted
period: day
metrics: [open_rate, click_rate]
mature_after: 0 hours
\`\`\`
`;

describe.skipIf(file === null)("Hillstrom's mailing, through the command line", () => {
  it("has the published visits and conversions in each segment, and alerts on nothing", async () => {
    const workspace = await testWorkspace({
      notebooks: { "mailing.md": notebook },
      data: { "hillstrom.csv.gz": { copy: file ?? "" } },
    });
    const series = await workspace.show("notebooks/mailing.md", "answers_series");
    const found = (segment: string, metric: string) => {
      const row = series.find((one) => one.segment === segment && one.metric === metric);
      return [row?.events, row?.delivered, row?.rate];
    };
    const published = {
      "No E-Mail": [2262, 21306, 122],
      "Womens E-Mail": [3238, 21387, 189],
      "Mens E-Mail": [3894, 21307, 267],
    };
    for (const [segment, [visits = 0, people = 1, conversions = 0]] of Object.entries(published)) {
      expect(found(segment, "open_rate")).toEqual([visits, people, visits / people]);
      expect(found(segment, "click_rate")).toEqual([conversions, people, conversions / people]);
    }
    expect(series.length).toBe(6);
    expect(await workspace.show("notebooks/mailing.md", "answers")).toEqual([]);
  });
});

describe.skipIf(file === null)("Hillstrom's mailing, whoever got none being held out", () => {
  it("has the published effect of each mail on visits and on conversions, with intervals that leave out chance", async () => {
    const bench = await openBench();
    await copyFile(file ?? "", join(bench.dataFolder, "hillstrom.csv.gz"));
    const path = join(bench.dataFolder, "hillstrom.csv.gz");
    await bench.engine.execute({
      sql: `CREATE TABLE mailing AS SELECT row_number() OVER () AS customer_id, segment, visit, conversion FROM read_csv('${path}')`,
    });
    const stays = `SELECT customer_id, 'mails' AS cell, name AS segment, TIMESTAMPTZ '2008-03-20 00:00:00+00' AS since,
        NULL::TIMESTAMPTZ AS until, segment = 'No E-Mail' AS held_out
      FROM mailing JOIN (VALUES ('Womens E-Mail'), ('Mens E-Mail')) AS t(name) ON segment IN (name, 'No E-Mail')`;
    const at = "TIMESTAMP '2008-03-25' AS happened_at";
    const event = (words: string, relation: string) => {
      const columns = [{ name: "happened_at", type: "TIMESTAMP" }];
      return { words, relation, at: "happened_at", entity: "customer_id", where: null, columns };
    };
    const effectOn = async (conversion: string) => {
      const ran = await studyAndRun(bench, monitorKind, {
        notebook: `---\nsegbook: 1\nentity: customer_id\n---\n\n\`\`\`monitor watch\nsegments: mails\nsends: mail\nmetrics: [click_rate]\nconversion: ${conversion}\n\`\`\`\n`,
        relations: {
          membership: stays,
          mails: `SELECT customer_id, segment FROM (${stays}) WHERE NOT held_out`,
          mails_held_out: `SELECT customer_id, segment FROM (${stays}) WHERE held_out`,
          mail: `SELECT customer_id, TIMESTAMP '2008-03-20 09:00' AS sent_at, NULL::TIMESTAMP AS clicked_at FROM mailing WHERE segment <> 'No E-Mail'`,
          visits: `SELECT customer_id, ${at} FROM mailing WHERE visit = 1`,
          purchases: `SELECT customer_id, ${at} FROM mailing WHERE conversion = 1`,
        },
        events: [event("visited site", "visits"), event("bought", "purchases")],
        asOf: "2008-04-03T00:00:00Z",
        part: "control",
      });
      expect(ran.problems).toEqual([]);
      return ran.rows("_control");
    };
    // By the formula of Newcombe's tenth method, worked in Python.
    const expected = [
      ["visited site", "Mens E-Mail", 21307, 3894, 2262, [0.0765896, 0.0699533, 0.0832267]],
      ["visited site", "Womens E-Mail", 21387, 3238, 2262, [0.0452331, 0.0388941, 0.0515743]],
      ["bought", "Mens E-Mail", 21307, 267, 122, [0.006805, 0.0050143, 0.0086407]],
      ["bought", "Womens E-Mail", 21387, 189, 122, [0.0031111, 0.0015017, 0.0047455]],
    ] as const;
    const rows = [...(await effectOn("visited site")), ...(await effectOn("bought"))];
    for (const [
      i,
      [conversion, segment, mailed, mailed_conversions, held_out_conversions, found],
    ] of expected.entries()) {
      const row = rows[i];
      expect(row).toMatchObject({
        ...{ conversion, segment, mailed, mailed_conversions },
        ...{ held_out: 21306, held_out_conversions },
      });
      const told = [row?.difference, row?.low, row?.high].map(Number);
      for (const [j, value] of found.entries()) expect(told[j]).toBeCloseTo(value, 6);
      // So many people make the plain interval of the normal nearly the same.
      const [p, q] = [mailed_conversions / mailed, held_out_conversions / 21306];
      const plain = 1.959964 * Math.sqrt((p * (1 - p)) / mailed + (q * (1 - q)) / 21306);
      expect(Math.abs((told[2] ?? 0) - (p - q + plain))).toBeLessThan(1e-4);
    }
    await bench.close();
  });
});
