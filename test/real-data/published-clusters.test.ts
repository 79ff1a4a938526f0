import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import {
  agreement,
  atK,
  beside,
  type PublishedNotebook,
  rulesOf,
  runPublished,
  sizes,
  sizesOfCut,
} from "./published-notebook.ts";

/*
 * What was expected of each data set was written down, and committed, before a cluster of it had been looked at:
 * EXPECTED. Where it turned out otherwise the first expectation stays beside what came out, with the reason: FOUND.
 *
 * PYTHON is what Debian's Python makes of the same columns, transformed and scaled there as README says: sizes of
 * scipy.cluster.hierarchy.linkage(x, "ward"), cut by fcluster(…, "maxclust"), and of sklearn.cluster.KMeans(k, n_init=20,
 * tol=0, max_iter=1000); sklearn.metrics.adjusted_rand_score. Half samples are ten of n / 2 rows, as here.
 */

const retail = sharedData("online_retail/online_retail.csv.gz");

/** A few kinds that half samples find again, each of which a short rule says; few people bring most of the money. */
const EXPECTED_OF_RETAIL = { structured: true, stability: 0.8, precision: 0.8, share: 1 / 3, money: 0.6 };

/**
 * That kinds stand out was wrong: along the line between two clusters' centres there are as many customers as around
 * them (density 0.98 to 1.01 of the ends' in Python for three of the four pairs of k = 2 and 3). That Ward's clusters are
 * stable was wrong, too: its half samples agree to 0.18 at k = 2 and to 0.49 at most, in Python to 0.23 and 0.51. Those of
 * k-means agree to 0.96 at k = 3, in Python to 0.98, which is why the notebook takes them. All else holds for these.
 */
const FOUND_IN_RETAIL = { structured: false, stabilityOfWard: 0.55 };

const PYTHON_ON_RETAIL = {
  kmeans: [1988, 1361, 989],
  shareOfMoney: 0.8258,
  ward: new Map([
    [2, [3432, 906]],
    [3, [2783, 906, 649]],
    [4, [2112, 906, 671, 649]],
    [5, [1702, 906, 671, 649, 410]],
    [6, [1029, 906, 673, 671, 649, 410]],
  ]),
};

describe.skipIf(retail === null)("Online Retail's customers", () => {
  let notebook: PublishedNotebook;
  beforeAll(async () => {
    const more = beside("by_ward", "of: behaviour\ncolumns: [recency_days, orders, total_spend]\nmethod: ward\nk: 2");
    notebook = await runPublished("online-retail", {
      ...{
        file: retail ?? "",
        at: "online_retail.csv.gz",
        more,
        wanted: ["kinds_validity", "kinds_rules", "kinds_profile", "by_ward_validity", "by_ward_merges"],
      },
    });
  });
  afterAll(() => notebook?.close());

  it("are one long cloud, and that is said", async () => {
    expect(EXPECTED_OF_RETAIL.structured).not.toBe(FOUND_IN_RETAIL.structured);
    expect(await atK(notebook, "kinds_choice", 3)).toMatchObject({
      structured: FOUND_IN_RETAIL.structured,
      reason: expect.stringContaining("one long cloud"),
    });
  });

  it("are cut by k-means where half samples cut them, and by Ward's method are not", async () => {
    expect((await atK(notebook, "kinds_validity", 3)).stability).toBeGreaterThan(EXPECTED_OF_RETAIL.stability);
    for (const { stability } of await notebook.rows("by_ward_validity")) {
      expect(stability).toBeLessThan(FOUND_IN_RETAIL.stabilityOfWard);
    }
  });

  it("fall into clusters of the sizes that others find", async () => {
    expect(await sizes(notebook, "kinds")).toEqual(PYTHON_ON_RETAIL.kmeans);
    for (const [k, expected] of PYTHON_ON_RETAIL.ward) {
      expect(await sizesOfCut(notebook, "by_ward_merges", k)).toEqual(expected);
    }
  });

  it("have clusters that rules say, and the notebook's segments are these rules", async () => {
    const rules = await rulesOf(notebook, "kinds");
    for (const { precision } of rules) expect(precision).toBeGreaterThan(EXPECTED_OF_RETAIL.precision);
    expect(segmentRules("online-retail")).toEqual(rules.map(({ rule }) => rule));
  });

  it("have a cluster, less than a third of the people, that brings most of the money", async () => {
    const spend = (await notebook.rows("kinds_profile")).filter(({ column }) => column === "total_spend");
    const money = (row: Record<string, unknown>) => Number(row.size) * Number(row.mean);
    const best = spend.toSorted((a, b) => Number(b.median) - Number(a.median))[0] ?? {};
    const all = spend.reduce((sum, row) => sum + money(row), 0);
    expect(Number(best.share)).toBeLessThan(EXPECTED_OF_RETAIL.share);
    expect(money(best) / all).toBeGreaterThan(EXPECTED_OF_RETAIL.money);
    expect(money(best) / all).toBeCloseTo(PYTHON_ON_RETAIL.shareOfMoney, 4);
  });

  it("are loaded by a notebook that check has nothing against", () => expectClean(notebook));
});

const wholesale = sharedData("wholesale_customers/Wholesale_customers_data.csv");

/** Two clusters of six spendings are by and large the two channels, which they were not told; detergents part them. */
const EXPECTED_OF_WHOLESALE = { channel: 0.5, stability: 0.8, precision: 0.8, partedBy: "detergents_paper" };

/**
 * Of Ward's method all but the stability held: half samples agree to 0.42 at k = 2, in Python to 0.51. Those of k-means
 * agree to 0.90 in both, and the notebook takes them: a little further from the channel, and still beyond 0.5. In means
 * groceries then come before detergents; the rules, which look at borders and not at means, begin with detergents.
 */
const FOUND_IN_WHOLESALE = { stabilityOfWard: 0.55, partedByKmeans: "grocery" };

const PYTHON_ON_WHOLESALE = { kmeans: [252, 188], channel: 0.51354, ward: [262, 178], channelByWard: 0.5392 };

describe.skipIf(wholesale === null)("two clusters of wholesale customers", () => {
  const channel = { of: "clients", key: "client_id", column: "channel" };
  let notebook: PublishedNotebook;
  beforeAll(async () => {
    const columns = ["fresh", "milk", "grocery", "frozen", "detergents_paper", "delicatessen"];
    const transform = columns.map((name) => `${name}: log1p`).join(", ");
    const body = `of: clients\ncolumns: [${columns}]\ntransform: {${transform}}\nscale: zscore\nmethod: ward\nk: 2`;
    notebook = await runPublished("wholesale-customers", {
      ...{
        file: wholesale ?? "",
        at: "wholesale_customers.csv",
        wanted: ["kinds_validity", "kinds_rules", "kinds_profile", "by_ward_validity", "by_ward_profile"],
      },
      more: beside("by_ward", body),
    });
  });
  afterAll(() => notebook?.close());

  it("are by and large the channels", async () => {
    const [own, byWard] = [await agreement(notebook, "kinds", channel), await agreement(notebook, "by_ward", channel)];
    expect(own).toBeGreaterThan(EXPECTED_OF_WHOLESALE.channel);
    expect(own).toBeCloseTo(PYTHON_ON_WHOLESALE.channel, 5);
    expect(byWard).toBeGreaterThan(EXPECTED_OF_WHOLESALE.channel);
    expect(byWard).toBeCloseTo(PYTHON_ON_WHOLESALE.channelByWard, 4);
  });

  it("have the sizes that others find", async () => {
    expect(await sizes(notebook, "kinds")).toEqual(PYTHON_ON_WHOLESALE.kmeans);
    expect(await sizes(notebook, "by_ward")).toEqual(PYTHON_ON_WHOLESALE.ward);
  });

  it("are found again in half samples by k-means, and by Ward's method are not", async () => {
    const [own, byWard] = [await atK(notebook, "kinds_validity", 2), await atK(notebook, "by_ward_validity", 2)];
    expect(own.stability).toBeGreaterThan(EXPECTED_OF_WHOLESALE.stability);
    expect(byWard.stability).toBeLessThan(FOUND_IN_WHOLESALE.stabilityOfWard);
  });

  it("can be said as rules, and the notebook's segments are these rules", async () => {
    const rules = await rulesOf(notebook, "kinds");
    for (const { precision } of rules) expect(precision).toBeGreaterThan(EXPECTED_OF_WHOLESALE.precision);
    expect(segmentRules("wholesale-customers")).toEqual(rules.map(({ rule }) => rule));
  });

  it("are parted by detergents most where Ward's method makes them, and by groceries a little more by k-means", async () => {
    const first = async (cell: string) => {
      const largest = (await notebook.rows(`${cell}_profile`)).filter(({ cluster }) => cluster === 1);
      return largest.toSorted((a, b) => Math.abs(Number(b.z)) - Math.abs(Number(a.z)))[0]?.column;
    };
    expect(await first("by_ward")).toBe(EXPECTED_OF_WHOLESALE.partedBy);
    expect(await first("kinds")).toBe(FOUND_IN_WHOLESALE.partedByKmeans);
    for (const { rule } of await rulesOf(notebook, "kinds")) {
      expect(rule).toMatch(new RegExp(`^${EXPECTED_OF_WHOLESALE.partedBy}`));
    }
  });

  it("are loaded by a notebook that check has nothing against", () => expectClean(notebook, "unnamed-column"));
});

const shoppers = sharedData("online_shoppers/online_shoppers_intention.csv.gz");

/**
 * Ways of browsing that half samples find again, and that are no forecast of a purchase: unrelated to `Revenue` as a
 * partition, no way in which twice as many buy as do overall (1,908 of 12,330), and one in which less than half as many do.
 */
const EXPECTED_OF_SHOPPERS = { structured: true, stability: 0.8, precision: 0.8, revenue: 0.1, most: 2, least: 0.5 };

/**
 * By Ward's method the same two clusters were the best of k, and stable (0.94), but not recommended: their silhouette of
 * 0.79 leads 0.73 of columns in random order by less than chance and its margin want, since those who leave at once stand
 * apart in each column already. By k-means, which the notebook takes, all held.
 */
const PYTHON_ON_SHOPPERS = { kmeans: [11_416, 914], revenue: -0.07662, purchases: [1903, 5] };

describe.skipIf(shoppers === null)("the ways of browsing of online shoppers", () => {
  let notebook: PublishedNotebook;
  beforeAll(async () => {
    notebook = await runPublished("online-shoppers", {
      ...{ file: shoppers ?? "", at: "online_shoppers_intention.csv.gz", wanted: [] },
    });
  });
  afterAll(() => notebook?.close());

  it("are the two that half samples agree on", async () => {
    const told = notebook.cells.find(({ id }) => id === "ways")?.problems ?? [];
    const { structured, stability } = EXPECTED_OF_SHOPPERS;
    expect(told.some(({ code }) => code === "chosen-k")).toBe(structured);
    const [, agreed] = told.map(({ message }) => /half samples agree to (\d\.\d+)/.exec(message)).find(Boolean) ?? [];
    expect(Number(agreed)).toBeGreaterThan(stability);
    expect(await sizes(notebook, "ways")).toEqual(PYTHON_ON_SHOPPERS.kmeans);
  });

  it("can be said as rules, and the notebook's segments are these rules", async () => {
    const rules = await rulesOf(notebook, "ways");
    for (const { precision } of rules) expect(precision).toBeGreaterThan(EXPECTED_OF_SHOPPERS.precision);
    expect(segmentRules("online-shoppers")).toEqual(rules.map(({ rule }) => rule));
  });

  it("tell who does not buy, and do not give the buyers away", async () => {
    const found = await agreement(notebook, "ways", { of: "sessions", key: "session_id", column: "bought" });
    expect(Math.abs(found)).toBeLessThan(EXPECTED_OF_SHOPPERS.revenue);
    expect(found).toBeCloseTo(PYTHON_ON_SHOPPERS.revenue, 5);
    const bought = (await notebook.rows("purchases")).toSorted((a, b) => Number(b.visits) - Number(a.visits));
    expect(bought.map(({ purchases }) => Number(purchases))).toEqual(PYTHON_ON_SHOPPERS.purchases);
    const times = bought.map(({ share }) => Number(share) / (1908 / 12_330));
    expect(Math.max(...times)).toBeLessThan(EXPECTED_OF_SHOPPERS.most);
    expect(Math.min(...times)).toBeLessThan(EXPECTED_OF_SHOPPERS.least);
  });

  it("are loaded by a notebook that check has nothing against", () => expectClean(notebook, "exact-duplicates"));
});

/** Nothing fails, and check and run warn of nothing but what the data is known for and that no k stands out. */
function expectClean({ cells, checked }: PublishedNotebook, ...known: string[]): void {
  expect(cells.filter(({ state }) => state !== "fresh").map(({ id, state }) => `${id} ${state}`)).toEqual([]);
  const found = [...cells.flatMap(({ problems }) => problems), ...checked.findings];
  const warned = found.filter(({ severity, code }) => severity !== "note" && code !== "no-clusters-stand-out");
  expect(warned.filter(({ code }) => !known.includes(code)).map(({ message }) => message)).toEqual([]);
}

/** Rules of the notebook's segments, as its text has them. */
function segmentRules(name: string): string[] {
  const text = readFileSync(new URL(`../../data/published/notebooks/${name}.md`, import.meta.url), "utf8");
  const [, body = ""] = /```segments \w+\n[\s\S]*?segments:\n([\s\S]*?)```/.exec(text) ?? [];
  return body
    .trim()
    .split("\n")
    .map((line) => line.slice(line.indexOf(": ") + 2).trim());
}
