import { expect, it } from "vitest";
import { testWorkspace } from "../../workspace.ts";

const NOTEBOOK = "notebooks/a.md";
const DAYS = ["2026-10-05", "2026-10-06", "2026-10-07"];

/** Person 1 buys on the first day, 2 on the second, 3 on the third; everybody gets a mail on each morning. */
const DATA = {
  "people.csv": "customer_id\n1\n2\n3\n",
  "orders.csv": `customer_id,at\n${DAYS.map((day, i) => `${i + 1},${day} 07:00:00\n`).join("")}`,
  "sends.csv": `customer_id,sent_at,delivered_at,opened_at\n${DAYS.flatMap((day) =>
    [1, 2, 3].map((who) => `${who},${day} 09:00:00,${day} 09:01:00,\n`),
  ).join("")}`,
};

/** As of eight, before the mail, or of noon. */
const notebook = (asOf: string) => `---
segbook: 1
as_of: ${asOf}
---

\`\`\`source people
files: people.csv
\`\`\`

\`\`\`source orders
files: orders.csv
event: placed order
at: at
\`\`\`

\`\`\`source sends
files: sends.csv
columns: {opened_at: TIMESTAMP}
\`\`\`

\`\`\`segments groups
of: people
segments:
  Buyers: placed order
\`\`\`

\`\`\`monitor watch
segments: groups
sends: sends
metrics: [open_rate]
mature_after: 0 hours
\`\`\`
`;

it("over three days each refresh counts by what it recorded itself, and once more there is nothing to do", async () => {
  const workspace = await testWorkspace({ notebooks: { "a.md": notebook("") }, data: DATA });
  const at = (day: string | undefined, time: string) => workspace.write(NOTEBOOK, notebook(`${day}T${time}Z`));
  await at(DAYS[0], "08:00:00");
  const first = await workspace.segbook("run", NOTEBOOK, "--refresh", "--json");
  const lines = first.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { cell: string });
  expect([first.code, lines.map(({ cell }) => cell).sort()]).toEqual([
    0,
    ["groups", "orders", "people", "sends", "watch"],
  ]);
  await at(DAYS[1], "08:00:00");
  expect(await workspace.segbook("monitor")).toMatchObject({ code: 0, stdout: "" });
  await at(DAYS[2], "12:00:00");
  expect(await workspace.segbook("monitor")).toMatchObject({ code: 0, stdout: "" });

  const again = await workspace.segbook("run", NOTEBOOK, "--refresh", "--json");
  const found = again.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { state: string });
  expect(found.map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => "cached"));
  expect(again.stderr).toContain("Nothing is new since the last refresh");
  expect(await workspace.segbook("monitor")).toEqual({ code: 0, stdout: "", stderr: "1 notebook up to date.\n" });

  const counts = await workspace.show(NOTEBOOK, "watch_counts");
  expect(counts.map((row) => [row.period, row.members_by, row.sent])).toEqual([
    [DAYS[0], "history", 1],
    [DAYS[1], "history", 2],
    // Who bought that morning was found at noon, after the mail.
    [DAYS[2], "history", 2],
  ]);
});
