import { readdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { keyColumns } from "../../../server/check/silos/keyed.ts";
import { measureSilos, type SiloFacts } from "../../../server/check/silos/measure.ts";
import { siloFindings } from "../../../server/check/silos/say.ts";
import { subjectOf } from "../../../server/check/subject.ts";
import { PATH, withHead } from "../run/notebook-runs.ts";
import { checkedIn, sharedRuns } from "./checked.ts";

const never = new AbortController().signal;
const runs = await sharedRuns({});

function source(id: string, type = "text", more = ""): string {
  return `\`\`\`source ${id}\nfiles: ${id}.csv\ncolumns:\n  customer_id: ${type}\n${more}\`\`\`\n\n`;
}

async function put(id: string, keys: readonly (string | number | null)[]): Promise<void> {
  await runs.put(`${id}.csv`, `customer_id,n\n${keys.map((key, index) => `${key ?? ""},${index}`).join("\n")}\n`);
}

async function measured(text: string): Promise<SiloFacts> {
  const { plan } = await runs.session.inspect({ path: PATH, text: withHead(text), set: {}, asOf: null }, never);
  const subject = await subjectOf(plan, never);
  return measureSilos(keyColumns(subject), subject);
}

const key = fc.oneof(
  fc.constantFrom("a1", "A1", " a1", "a 1", "007", "7", "0", "00", "b2", "B2 ", "c3", "test", "Ä1", "ä1"),
  fc.stringMatching(/^[ab0]{1,3}$/),
  fc.constant(null),
);

/** Without case, blanks and leading zeros, said another way than in SQL. */
function plain(text: string): string {
  const bare = [...text.toLowerCase()].filter((character) => character.trim() !== "").join("");
  let at = 0;
  while (at < bare.length - 1 && bare[at] === "0") at += 1;
  return bare.slice(at) || "0";
}

it("counts of keys are those of counting by hand", async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(key, { minLength: 1, maxLength: 40 }),
      fc.array(key, { minLength: 1, maxLength: 40 }),
      async (left, right) => {
        round += 1;
        const [one, other] = [`one${round}`, `other${round}`];
        await put(one, left);
        await put(other, right);
        const facts = await measured(source(one) + source(other));
        const [ours, theirs] = [left, right].map((keys) => new Set(keys.filter((each) => each !== null)));
        for (const [index, keys] of [left, right].entries()) {
          expect(facts.columns[index]).toMatchObject({
            distinct: new Set(keys.filter((each) => each !== null)).size,
            rows: keys.length,
            missing: keys.filter((each) => each === null).length,
          });
        }
        const [pair] = facts.pairs;
        expect(pair?.matched).toBe([...(ours ?? [])].filter((each) => theirs?.has(each)).length);
        const lone = [...(theirs ?? [])].filter((each) => !ours?.has(each)).map(plain);
        const alike = [...(ours ?? [])].filter((each) => !theirs?.has(each) && lone.includes(plain(each)));
        expect(pair?.alike).toBe(alike.length);
      },
    ),
    { numRuns: 12 },
  );
});

it("looks at a share of the keys of large files, the same in each, so that the rates are nearly those of all", async () => {
  await put(
    "large",
    Array.from({ length: 4000 }, (_, i) => `k${i}`),
  );
  await put(
    "half",
    Array.from({ length: 2000 }, (_, i) => `k${2 * i}`),
  );
  const { plan } = await runs.session.inspect(
    {
      path: PATH,
      text: withHead(source("large") + source("half")),
      set: {},
      asOf: null,
    },
    never,
  );
  const subject = await subjectOf(plan, never);
  const columns = keyColumns(subject);
  const facts = await measureSilos(columns, subject, { whole: 10_000 });
  expect(facts.oneOf).toBe(5);
  expect(facts.columns.map(({ distinct }) => Math.abs(distinct - 800) < 120 || Math.abs(distinct - 400) < 80)).toEqual([
    true,
    true,
  ]);
  expect(facts.pairs[0]?.matched).toBe(facts.columns[1]?.distinct);
  expect(siloFindings(facts, columns).map(({ message }) => message)[0]).toMatch(/one key in 5, picked by its hash/);
});

it("tells how many keys of each source are in the other, both ways", async () => {
  await put("all", [1, 2, 3, 4, 5, 6, 7, 8]);
  await put("some", [2, 2, 4, 6, 8]);
  const found = await checkedIn(runs, source("all", "BIGINT") + source("some", "BIGINT"));
  expect(found.of("key-match")[0]?.message).toBe(
    "`customer_id` by source: 50.0 % of `all` in `some` (100 % the other way).",
  );
  expect(found.of("silo-keys")).toEqual([]);
});

it("warns where the keys of events are not those of the people", async () => {
  await put("people", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  await put("visits", [1, 1, 2, 21, 22, 23, 24, 25, 26]);
  const found = await checkedIn(runs, source("people", "BIGINT") + source("visits", "BIGINT"));
  expect(found.of("silo-keys").map(({ cell, message }) => [cell, message])).toEqual([
    ["visits", "25.0 % of the `customer_id` here are in `people`, and 20.0 % of those are here."],
  ]);
});

it("does not warn where nearly all of them are, nor of two sources of events that know others", async () => {
  await put(
    "people2",
    Array.from({ length: 20 }, (_, i) => i + 1),
  );
  await put("visits2", [1, 1, ...Array.from({ length: 18 }, (_, i) => i + 2), 21]);
  await put("calls2", [19, 19, 20]);
  const text = source("people2", "BIGINT") + source("visits2", "BIGINT") + source("calls2", "BIGINT");
  expect((await checkedIn(runs, text)).of("silo-keys")).toEqual([]);
});

it("tells of keys that differ in case, blanks or leading zeros alone", async () => {
  await put("shop", ["A1", "B2", "17"]);
  await put("mail", ["a1", "B2", "0017"]);
  const [found] = (await checkedIn(runs, source("shop") + source("mail"))).of("keys-alike");
  expect(found?.message).toBe(
    '2 keys of `shop` would be in `mail` but for case, blanks or leading zeros: "17" there, "0017" here.',
  );
  await put("mail3", ["B2", "C3"]);
  expect((await checkedIn(runs, source("shop") + source("mail3"))).of("keys-alike")).toEqual([]);
});

it("counts rows without a key where none is required", async () => {
  await put("gaps", [1, null, 2, null, 3]);
  const found = await checkedIn(runs, source("gaps", "BIGINT"));
  expect(found.of("missing-keys")[0]?.message).toBe("2 rows of 5 have no `customer_id` (40.0 %).");
  expect((await checkedIn(runs, source("gaps", "{type: BIGINT, required: true}"))).of("missing-keys")).toEqual([]);
});

it("says nothing of keys that the source leaves out itself, and advises only what it does not do already", async () => {
  await put("few", [1, null, 2, "test"]);
  const where = source("few").replace("```\n", "where: customer_id IS NOT NULL AND customer_id <> 'test'\n```\n");
  expect(where).toContain("where:");
  const codes = (await checkedIn(runs, where)).codes;
  expect(codes.filter((code) => code === "missing-keys" || code === "test-keys")).toEqual([]);
  const other = source("few").replace("```\n", "where: customer_id <> 'x'\n```\n");
  expect((await checkedIn(runs, other)).codes).toContain("test-keys");
  const aside = source("few").replace("```\n", "on_error: set_aside\n```\n");
  expect((await checkedIn(runs, aside)).of("missing-keys")[0]?.hint).toBe(
    "Write `customer_id: {required: true}`, or leave them out with `where`.",
  );
});

it("knows keys that stand for nobody from numbers like all others", async () => {
  await put("tests", ["test", "test", "unknown", "k1", "k2"]);
  expect((await checkedIn(runs, source("tests"))).of("test-keys")[0]?.message).toBe(
    "Keys that stand for nobody: `test` (2 rows), `unknown` (1 row).",
  );
  await put("nines", [1, 2, 3, 99999]);
  expect((await checkedIn(runs, source("nines", "BIGINT"))).of("test-keys")[0]?.message).toContain("`99999`");
  await put(
    "counted",
    Array.from({ length: 1200 }, (_, i) => i),
  );
  expect((await checkedIn(runs, source("counted", "BIGINT"))).of("test-keys")).toEqual([]);
});

it("compares keys by what their types make of them, and other keys than the entity's where two sources have them", async () => {
  await runs.put("bills.csv", "Customer ID,order_id\n17.0,1\n18,2\n");
  await runs.put("goods.csv", "order_id,sku\n1,a\n3,b\n");
  await put("whole", [17, 18]);
  const bills =
    "```source bills\nfiles: bills.csv\nrename: {Customer ID: customer_id}\ncolumns: {customer_id: DOUBLE}\n```\n\n";
  const goods = "```source goods\nfiles: goods.csv\n```\n\n";
  const found = await checkedIn(runs, bills + goods + source("whole", "BIGINT"));
  expect(
    found
      .of("key-match")
      .map(({ message }) => message)
      .sort(),
  ).toEqual([
    "`customer_id` by source: 100 % of `bills` in `whole` (100 % the other way).",
    "`order_id` by source: 50.0 % of `bills` in `goods` (50.0 % the other way).",
  ]);
});

it("says so where a source can't be read", async () => {
  await runs.put("broken.csv", 'customer_id,n\n1,2\n"3,4\n');
  await put("whole2", [1, 2]);
  const found = await checkedIn(runs, source("broken", "BIGINT") + source("whole2", "BIGINT"));
  expect(found.of("silo-unread").map(({ cell }) => cell)).toEqual(["broken"]);
});

it("reads the files once, and again only where one changed", async () => {
  await put("kept", [1, 2]);
  await put("kept2", [2, 3]);
  const text = source("kept", "BIGINT") + source("kept2", "BIGINT");
  const folder = join(runs.workspace.state, "silos");
  await checkedIn(runs, text);
  const before = (await readdir(folder)).length;
  await checkedIn(runs, text.replace("kept2\n", "kept2\n").concat("Prose.\n"));
  expect((await readdir(folder)).length).toBe(before);
  await put("kept2", [2, 3, 4, 5]);
  const found = await checkedIn(runs, text);
  expect((await readdir(folder)).length).toBe(before + 1);
  expect(found.of("key-match")[0]?.message).toContain("(25.0 % the other way)");
});
