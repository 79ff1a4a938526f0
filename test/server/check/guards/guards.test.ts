import { describe, expect, it } from "vitest";
import { acceptFinding } from "../../../../server/notebook/edit/accept-finding.ts";
import { checkedIn, type Findings, sharedRuns } from "../checked.ts";

const COUNT = 1000;
const people = Array.from({ length: COUNT }, (_, i) => {
  const birthday = i % 2 === 0 ? "" : "1990-05-05";
  return `${i + 1},${i % 2 === 0 ? "UK" : "DE"},${i},${birthday},${i % 20 === 0 ? "" : i % 3}`;
}).join("\n");
const orders = Array.from({ length: 200 }, (_, i) => {
  const day = new Date(Date.UTC(2026, 7, 1 + (i % 90))).toISOString().slice(0, 10);
  return `${i + 1},${day} 10:00:00,${i}.50`;
}).join("\n");
// Ten mails to each of a hundred in 70 days: four in four weeks, a quarter opened, every fifth of those by a machine.
const sends = Array.from({ length: COUNT }, (_, i) => {
  const day = new Date(Date.UTC(2026, 8, 1 + 7 * Math.floor(i / 100))).toISOString().slice(0, 10);
  const opened = i % 4 === 0 ? `${day} 12:00:00` : "";
  return `${(i % 100) + 1},${day} 08:00:00,${day} 08:01:00,${opened},${i % 20 === 0}`;
}).join("\n");

const runs = await sharedRuns({
  "people.csv": `customer_id,country,visits,birthday,level\n${people}\n`,
  "orders.csv": `customer_id,at,amount\n${orders}\n`,
  "sends.csv": `customer_id,sent_at,delivered_at,opened_at,machine_open\n${sends}\n`,
});

const PEOPLE = cell(
  "source",
  "people",
  "files: people.csv\ncolumns:\n  customer_id: {type: BIGINT, required: true, unique: true}\n  birthday: DATE",
);
const ORDERS = cell(
  "source",
  "orders",
  "files: orders.csv\ncolumns:\n  customer_id: {type: BIGINT, required: true}\n  amount: 'DECIMAL(10,2)'\nevent: placed order\nat: at",
);
const SENDS = cell(
  "source",
  "sends",
  "files: sends.csv\ncolumns:\n  customer_id: {type: BIGINT, required: true}\n  machine_open: BOOLEAN\nevent: got a mail\nat: sent_at",
);

function cell(kind: string, id: string, body: string): string {
  return `\`\`\`${kind} ${id}\n${body}\n\`\`\`\n\n`;
}

function groups(rules: Readonly<Record<string, string>>, more = ""): string {
  const lines = Object.entries(rules).map(([name, rule]) => `  ${name}: |-\n    ${rule}`);
  return cell("segments", "groups", `of: people\nsegments:\n${lines.join("\n")}\n${more}`);
}

/** Codes of what can be accepted, with what each is about. */
function guardsOf({ checked }: Findings): string[] {
  return checked.findings.flatMap(({ code, guard }) =>
    guard === null ? [] : [[code, guard.segment, guard.about].filter((part) => part !== null).join(" · ")],
  );
}

async function foundInRun(text: string): Promise<Findings> {
  await runs.run(text);
  return checkedIn(runs, text);
}

/** What is found of a text is accepted, each as the page writes it, and found with its reason. */
async function expectAcceptable(text: string): Promise<void> {
  const guards = ({ checked: { findings } }: Findings) => findings.filter(({ guard }) => guard !== null);
  const found = guards(await checkedIn(runs, text));
  const accepted = found.reduce((all, { code, guard }) => {
    const edited = acceptFinding(all, "groups", { code, segment: null, about: null, ...guard, reason: `As ${code}.` });
    if (typeof edited !== "string") throw new Error(edited.message);
    return edited;
  }, text);
  const again = await checkedIn(runs, accepted);
  expect(guards(again).map(({ code, guard, accepted: why }) => [code, guard, why?.reason])).toEqual(
    found.map(({ code, guard }) => [code, guard, `As ${code}.`]),
  );
  expect(again.of("accept-idle")).toEqual([]);
}

it("a contradiction is told once, with its parts, whatever the last result shows of them", async () => {
  const found = await foundInRun(PEOPLE + groups({ A: "visits > 2000 AND visits < 0", B: "country = 'UK'" }));
  const told = found.checked.findings.filter(({ guard }) => guard?.segment === "A");
  expect(told.map(({ code, message }) => [code, message])).toEqual([
    [
      "rule-never",
      "Nobody can fit `visits > 2000 AND visits < 0`: `visits > 2000` and `visits < 0` exclude each other.",
    ],
  ]);
});

describe("From what rules say, before anything has run", () => {
  it.each<[Readonly<Record<string, string>>, string[]]>([
    [{ A: "visits > 5 AND visits < 3" }, ["rule-never · A"]],
    [{ A: "country = 'UK' OR (visits > 5 AND visits < 3)" }, ["rule-never · A · visits > 5 AND visits < 3"]],
    [{ A: "visits > 5 AND visits > 3" }, ["rule-always · A · visits > 3"]],
    [{ A: "placed order at least 0 times" }, ["rule-always · A"]],
    [{ A: "visits > 3", B: "Visits  > 3" }, ["segment-twins · B · A"]],
    [{ A: "not placed order in last 90 days", B: "placed order never in last 90 days" }, ["segment-twins · B · A"]],
    [{ A: "visits > 3", B: "visits > 4" }, []],
    [Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`S${i}`, `visits > ${i}`])), ["many-segments"]],
    [Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`S${i}`, `visits > ${i}`])), []],
  ])("%j", async (rules, found) => {
    const text = PEOPLE + ORDERS + groups(rules);
    expect(guardsOf(await checkedIn(runs, text))).toEqual(found);
    await expectAcceptable(text);
  });

  it("an exclusive segment that earlier ones leave nobody to, and one that the head excludes", async () => {
    const rules = { Late: "visits > 5", Latest: "visits > 9" };
    const exclusive = await checkedIn(runs, PEOPLE + groups(rules, "exclusive: true\n"));
    expect(guardsOf(exclusive)).toEqual(["rule-never · Latest"]);
    expect(exclusive.of("rule-never")[0]?.message).toBe(
      "Whoever fits `Latest` is in an earlier segment, so that nobody comes to it.",
    );
    const head = "---\nsegbook: 1\nas_of: 2026-11-10\nexclude: visits > 7\n---\n\n";
    const excluded = await checkedIn(runs, head + PEOPLE + groups(rules));
    expect(guardsOf(excluded)).toEqual(["rule-never · Latest"]);
    expect(excluded.of("rule-never")[0]?.message).toBe("Everybody who fits `Latest` is excluded by the head.");
  });

  it("stands at the condition, and says which two exclude each other", async () => {
    const found = await checkedIn(runs, PEOPLE + groups({ A: "country = 'UK' AND visits > 5 AND visits < 3" }));
    const [never] = found.of("rule-never");
    expect(never?.message).toBe(
      "Nobody can fit `country = 'UK' AND visits > 5 AND visits < 3`: `visits > 5` and `visits < 3` exclude each other.",
    );
    expect(found.at("rule-never", 7)).toBe("country");
  });
});

describe("From results, once there are some", () => {
  it.each<[Readonly<Record<string, string>>, string[]]>([
    [{ Half: "country = 'UK'", Late: "visits > 460" }, []],
    [{ Nobody: "visits > 10000" }, ["segment-empty · Nobody"]],
    [{ Few: "visits > 900" }, ["segment-small · Few"]],
    [{ Most: "visits > 300" }, ["segment-broad · Most"]],
    [{ All: "visits >= 0" }, ["segment-everybody · All"]],
    [{ Half: "country = 'UK'", Same: "NOT country = 'DE'" }, ["segments-same · Same · Half"]],
    [{ Wide: "visits > 400", Late: "visits > 500" }, ["segment-within · Late · Wide"]],
    // That everybody is in it is told once, and not again of each segment that lies in it.
    [{ All: "visits >= 0", Late: "visits > 500" }, ["segment-everybody · All"]],
    [{ Late: "visits > 500", Same: "Visits > 500" }, ["segment-twins · Same · Late"]],
    [{ Born: "birthday before 2000-01-01" }, ["attribute-missing · birthday"]],
    [{ Born: "birthday before 2000-01-01 OR birthday is not known AND visits > 600" }, ["segment-broad · Born"]],
    [{ Half: "country = 'UK' AND visits < 5000" }, ["condition-idle · Half · visits < 5000"]],
    [{ Half: "country = 'UK' OR country = 'FR'" }, ["condition-idle · Half · country = 'FR'"]],
  ])("%j", async (rules, found) => {
    const text = PEOPLE + groups(rules);
    expect(guardsOf(await foundInRun(text))).toEqual(found);
    await expectAcceptable(text);
  });

  it("overlapping segments with their Jaccard index, and merged where they are nearly one", async () => {
    const rules = { Early: "visits < 500", Middle: "visits between 50 and 549", Wide: "visits between 150 and 650" };
    const text = PEOPLE + groups(rules);
    const found = await foundInRun(text);
    await expectAcceptable(text);
    const [nearly, half] = found.of("segment-overlap");
    expect(nearly).toMatchObject({ guard: { segment: "Middle", about: "Early" } });
    expect(nearly?.message).toBe("`Middle` and `Early` share 450 of the 550 people in either (Jaccard 0.82).");
    expect(nearly?.hint).toBe("Merge them: `in segment Early or in segment Middle` holds 550 people.");
    // What is to be pasted is a rule, whatever the names are.
    const odd = await foundInRun(PEOPLE + groups({ and: rules.Early, '50% "off"': rules.Middle }));
    expect(odd.of("segment-overlap")[0]?.hint).toContain('`in segment "and" or in segment "50% ""off"""` holds');
    // 350 of 651 and 400 of 601.
    expect(half?.message).toMatch(/Jaccard 0\.(54|67)/);
    const overlap = found.checked.segmentations[0];
    expect(overlap).toMatchObject({
      cell: "groups",
      names: ["Early", "Middle", "Wide"],
      people: [500, 500, 501],
      all: 1000,
    });
    expect(overlap?.shared).toEqual([
      [500, 450, 350],
      [450, 500, 400],
      [350, 400, 501],
    ]);
  });

  it("compares nobody where each person is in one alone", async () => {
    const text = PEOPLE + groups({ Early: "visits < 500", Rest: "visits > 400" }, "exclusive: true\n");
    expect(guardsOf(await foundInRun(text))).toEqual([]);
  });

  it("a window that begins before the data", async () => {
    const rules = {
      Year: "placed order in last 1 year",
      Quarter: "placed order in last 90 days at least 2 times",
      Old: "placed order before 2020-01-01",
    };
    const text = PEOPLE + ORDERS + groups(rules);
    const found = await foundInRun(text);
    await expectAcceptable(text);
    expect(found.of("window-beyond-data").map(({ message, hint }) => `${message} ${hint}`)).toEqual([
      "`placed order in last 1 year` looks back to 1 Nov 2025; the first `placed order` in the data is of 1 Aug 2026. Load older data, or look back no further than there are any: 91 days.",
      "`placed order before 2020-01-01` ends before there are any events: the first `placed order` in the data is of 1 Aug 2026. Load older data, or move the window.",
    ]);
  });

  it("says how well a rate is known at a size, with the notebook's own openings where it has sends", async () => {
    const rules = groups({ Few: "visits > 900" });
    const usual = await foundInRun(PEOPLE + rules);
    expect(usual.of("segment-small")[0]?.message).toBe(
      "99 people are in `Few`: the open rate of one mail is known to ± 7.8 points, and a change by a fifth shows within four weeks from 421 people on.",
    );
    expect(usual.of("segment-small")[0]?.hint).toContain("an open rate of 20 % and a mail a week");
    const own = await foundInRun(PEOPLE + SENDS + cell("sql", "seen", "SELECT * FROM sends") + rules);
    // 180 of 900 opened by people before as_of; nine mails in 57 days are 4.4 in four weeks.
    expect(own.of("segment-small")[0]?.hint).toContain(
      "an open rate of 20.0 % and 4.4 mails a person in four weeks, as in `sends`",
    );
    expect(own.of("segment-small")[0]?.message).toContain("from 381 people on");
  });
});

describe("A finding that is accepted", () => {
  const rules = { Few: "visits > 900", Half: "country = 'UK'" };
  const accept = (code: string, segment: string, reason = "We know.") =>
    `accept:\n  - code: ${code}\n    segment: ${segment}\n    reason: ${reason}\n`;

  it("stays, with its reason, and changes no key", async () => {
    const bare = PEOPLE + groups(rules);
    const before = await foundInRun(bare);
    const found = await checkedIn(runs, PEOPLE + groups(rules, accept("segment-small", "Few")));
    expect(before.of("segment-small")[0]?.accepted).toBeNull();
    expect(found.of("segment-small")).toEqual([
      { ...before.of("segment-small")[0], accepted: { reason: "We know.", index: 0 } },
    ]);
    expect(found.of("accept-idle")).toEqual([]);
  });

  it("is told once it is found no more, or was none", async () => {
    await runs.run(PEOPLE + groups(rules));
    const other = await checkedIn(runs, PEOPLE + groups(rules, accept("segment-small", "Half")));
    expect(other.of("accept-idle").map(({ message }) => message)).toEqual([
      "Nothing is found any more of what is accepted here: `segment-small` of `Half`.",
    ]);
    const slip = await checkedIn(runs, PEOPLE + groups(rules, accept("segment-smal", "Few")));
    expect(slip.of("accept-idle")[0]).toMatchObject({
      message: "`segment-smal` is no finding that can be accepted.",
      hint: "Did you mean `segment-small`?",
    });
  });

  it("is not judged before there is a result", async () => {
    const text = PEOPLE + groups({ Few: "visits > 901", Half: "country = 'DE'" }, accept("segment-small", "Half"));
    expect((await checkedIn(runs, text)).of("accept-idle")).toEqual([]);
  });

  it("needs a reason", async () => {
    const text = PEOPLE + groups(rules, "accept:\n  - {code: segment-small, segment: Few}\n");
    expect((await checkedIn(runs, text)).codes).toContain("missing-key");
  });
});
