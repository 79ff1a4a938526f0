import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PartDiff } from "../../../../server/notebook/diff/model.ts";
import { diffNotebooks } from "../../../../server/notebook/diff/notebooks.ts";
import { diffSentence, isTold, partWords } from "../../../../server/notebook/diff/tell.ts";
import { parseNotebook } from "../../../../server/notebook/parse.ts";
import { spelled } from "./apply.ts";

const diff = (before: string, after: string) => diffNotebooks(parseNotebook(before), parseNotebook(after));

/** `sql orders: changed`, for each part that is told. */
function story(before: string, after: string): string[] {
  return diff(before, after)
    .parts.filter(isTold)
    .map((part) => `${nameOf(part)}: ${partWords(part).join(", ")}`);
}

function nameOf({ type, before, after }: PartDiff): string {
  const cell = (after ?? before)?.cell;
  return cell ? `${cell.kind} ${cell.id}` : type;
}

interface Block {
  readonly kind: string;
  readonly id: string;
  readonly body: string;
}

const HEAD = "---\nsegbook: 1\n---\n\n";
const fence = ({ kind, id, body }: Block) => `\`\`\`${kind} ${id}\n${body}\n\`\`\`\n\n`;
const textOf = (blocks: readonly Block[]) => HEAD + blocks.map(fence).join("");

const words = fc.constantFrom(
  "SELECT",
  "FROM",
  "orders",
  "customer_id",
  ",",
  "(",
  ")",
  "\n",
  " ",
  "  ",
  "'a b'",
  "-- x\n",
  "É",
  "😀",
);
const texts = fc.array(words, { maxLength: 30 }).map((parts) => parts.join(""));
const wild = fc.array(
  fc.oneof(
    words,
    fc.constantFrom("```sql a\n", "```sql b\n", "~~~score c\n", "```\n", "~~~\n", "\n\n", "\r\n", "---\n", "# H"),
  ),
  {
    maxLength: 40,
  },
);
const notebooks = fc.oneof(
  wild.map((parts) => parts.join("")),
  wild.map((parts) => `${HEAD}${parts.join("")}`),
  fc.string({ unit: "binary", maxLength: 60 }),
);
/** Bodies that have hardly a word in common. */
const blocks = fc
  .uniqueArray(fc.stringMatching(/^[a-z]{6}$/), { minLength: 1, maxLength: 9 })
  .map((ids) => ids.map((id, at) => ({ kind: "sql", id: `c${at}`, body: `SELECT ${id.repeat(6)}_${at} FROM ${id}` })));

describe("what makes one notebook another", () => {
  test("spells each of the two from its pieces, whatever the files hold", () => {
    fc.assert(
      fc.property(notebooks, notebooks, (before, after) => {
        expect(spelled(diff(before, after), "before")).toBe(before);
        expect(spelled(diff(before, after), "after")).toBe(after);
      }),
      { numRuns: 600 },
    );
  });

  test("spells both where one is the other with a stretch replaced", () => {
    fc.assert(
      fc.property(notebooks, fc.nat(), fc.nat(), texts, (before, from, length, text) => {
        const at = before.length === 0 ? 0 : from % before.length;
        const after = before.slice(0, at) + text + before.slice(at + (length % 20));
        expect(spelled(diff(before, after), "before")).toBe(before);
        expect(spelled(diff(before, after), "after")).toBe(after);
      }),
      { numRuns: 600 },
    );
  });

  test("is nothing between a notebook and itself", () => {
    fc.assert(
      fc.property(notebooks, (text) => {
        const { parts, differs } = diff(text, text);
        expect(differs).toBe(false);
        expect(parts.filter(isTold)).toEqual([]);
        expect(parts.every(({ pieces }) => pieces.every((piece) => piece.in === "both"))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test("turns round when the sides do: what was added is removed", () => {
    fc.assert(
      fc.property(blocks, blocks, (one, other) => {
        const count = (before: string, after: string, state: string) =>
          diff(before, after).parts.filter((part) => part.state === state).length;
        const [a, b] = [textOf(one), textOf(other)];
        expect(count(a, b, "added")).toBe(count(b, a, "removed"));
      }),
    );
  });

  test("renames no more cells than have a new id, and finds each whose body stayed", () => {
    fc.assert(
      fc.property(blocks, fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), (before, isNew) => {
        const after = before.map((block, at) => (isNew[at] ? { ...block, id: `n${at}` } : block));
        const told = story(textOf(before), textOf(after));
        expect(told).toEqual(before.flatMap(({ id }, at) => (isNew[at] ? [`sql n${at}: renamed from \`${id}\``] : [])));
      }),
    );
  });

  test("moves as few cells as can be: all but the longest run that kept its order", () => {
    fc.assert(
      fc.property(
        blocks.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([before, after]) => {
          const parts = diff(textOf(before), textOf(after)).parts.filter(({ type }) => type === "cell");
          const order = after.map(({ id }) => before.findIndex((block) => block.id === id));
          expect(parts.filter(({ moved }) => moved).length).toBe(order.length - longestRise(order));
          expect(parts.every(({ state }) => state === "same")).toBe(true);
        },
      ),
    );
  });
});

/** Length of the longest rising subsequence, by trying every subset. */
function longestRise(order: readonly number[]): number {
  let longest = 0;
  for (let subset = 0; subset < 2 ** order.length; subset++) {
    const chosen = order.filter((_, at) => subset & (1 << at));
    if (chosen.every((value, at) => at === 0 || value > (chosen[at - 1] ?? 0)))
      longest = Math.max(longest, chosen.length);
  }
  return longest;
}

const SPRING = [
  "---\nsegbook: 1\ntitle: Spring\n---\n",
  "# Spring\n",
  "Who bought lately, and who only looks?\n",
  "```source orders\nfiles: orders.csv\nevent: placed order\nat: ordered_at\n```\n",
  "One row for each customer.\n",
  "```features behaviour\ncolumns:\n  total_spend: sum of amount of placed order\n```\n",
  "```sql big\nSELECT * FROM behaviour\nWHERE total_spend > 500\n```\n",
].join("\n");

describe("a change of a notebook is told as", () => {
  test("changed, with the words that did", () => {
    const after = SPRING.replace("> 500", "> 750").replace("who only looks", "who only ever looks");
    expect(story(SPRING, after)).toEqual(["prose: changed", "sql big: changed"]);
    const [prose, sql] = diff(SPRING, after).parts.filter(isTold);
    expect(prose?.pieces).toEqual([
      { in: "both", text: "Who bought lately, and who only " },
      { in: "after", text: "ever " },
      { in: "both", text: "looks?" },
    ]);
    expect(sql?.pieces.filter((piece) => piece.in !== "both")).toEqual([
      { in: "before", text: "500" },
      { in: "after", text: "750" },
    ]);
    expect(diffSentence(diff(SPRING, after))).toBe("1 cell changed; the text changed.");
  });

  test("spacing, where no more than that differs in SQL, YAML, prose or the head", () => {
    const after = SPRING.replace("SELECT * FROM behaviour\nWHERE", "SELECT *\nFROM behaviour\n  WHERE")
      .replace("  total_spend:", "    total_spend:  ")
      .replace("lately, and", "lately,\nand")
      .replace("title: Spring", "title:   Spring");
    const told = ["head", "prose", "features behaviour", "sql big"].map((name) => `${name}: only spacing differs`);
    expect(story(SPRING, after)).toEqual(told);
  });

  test("a change, where spacing means something", () => {
    expect(story(`${HEAD}\`\`\`sql a\nSELECT 'x y'\n\`\`\``, `${HEAD}\`\`\`sql a\nSELECT 'x  y'\n\`\`\``)).toEqual([
      "sql a: changed",
    ]);
    const nested = "```chart a\nof: b\nspec:\n  mark: bar\n  x: y\n```";
    expect(story(HEAD + nested, HEAD + nested.replace("  x: y", "x: y"))).toEqual(["chart a: changed"]);
  });

  test("the same meaning, where comments and quotes differ", () => {
    const after = SPRING.replace("WHERE", "-- only these\nWHERE").replace("at: ordered_at", 'at: "ordered_at" # UTC');
    const words = "written differently, means the same";
    expect(story(SPRING, after)).toEqual([`source orders: ${words}`, `sql big: ${words}`]);
  });

  test("a change, where keys of a map change their order, since the first segment that fits may be the one", () => {
    const rules = "```segments a\nof: b\nexclusive: true\nsegments:\n  Some: x > 1\n  More: x > 2\n```";
    const turned = rules.replace("  Some: x > 1\n  More: x > 2", "  More: x > 2\n  Some: x > 1");
    expect(story(HEAD + rules, HEAD + turned)).toEqual(["segments a: changed"]);
  });

  test("renamed, though its body changed a little and readers follow", () => {
    const after = SPRING.replace("features behaviour", "features people")
      .replace("FROM behaviour", "FROM people")
      .replace("sum of amount", "sum of price");
    expect(story(SPRING, after)).toEqual(["features people: renamed from `behaviour`, changed", "sql big: changed"]);
  });

  test("removed and added, where kinds differ or hardly a word is the same", () => {
    const other = SPRING.replace(
      "```sql big\nSELECT * FROM behaviour\nWHERE total_spend > 500",
      "```sql few\nSUMMARIZE orders",
    );
    expect(story(SPRING, other)).toEqual(["sql big: removed", "sql few: added"]);
  });

  test("moved, with its text, and from where", () => {
    const [head, title, lead, source, row, features, big] = SPRING.split(
      /\n(?=# |Who|```source|One|```features|```sql)/,
    );
    const after = [head, title, lead, row, features, source, big].join("\n");
    expect(story(SPRING, after)).toEqual(["source orders: moved from the top"]);
    expect(diffSentence(diff(SPRING, after))).toBe("1 cell moved.");
  });

  test("no change of the text around it, where a cell is put into the middle or taken out", () => {
    const after = SPRING.replace("Who bought", "```sql first\nSELECT 1\n```\n\nWho bought");
    expect(story(SPRING, after)).toEqual(["sql first: added"]);
    expect(story(after, SPRING)).toEqual(["sql first: removed"]);
  });

  test("another kind, where the id is the same", () => {
    expect(story(SPRING, SPRING.replace("```sql big", "```transform big"))).toEqual([
      "transform big: was an sql cell, changed",
    ]);
  });

  test("empty lines alone", () => {
    const after = SPRING.replace("\n\n```sql", "\n\n\n```sql");
    expect(story(SPRING, after)).toEqual([]);
    expect(diffSentence(diff(SPRING, after))).toBe("Only empty lines between cells and paragraphs differ.");
    expect(diffSentence(diff(SPRING, SPRING))).toBe("The two are the same.");
  });

  test("one stretch for another where lines have nothing in common", () => {
    const before = `${HEAD}\`\`\`sql a\nSELECT one, two\nFROM three\n\`\`\`\n`;
    const after = `${HEAD}\`\`\`sql a\nSELECT one, two\nHAVING count(*) > 9\n\`\`\`\n`;
    expect(diff(before, after).parts.filter(isTold)[0]?.pieces).toEqual([
      { in: "both", text: "```sql a\nSELECT one, two\n" },
      { in: "before", text: "FROM three\n" },
      { in: "after", text: "HAVING count(*) > 9\n" },
      { in: "both", text: "```" },
    ]);
  });
});

test("a notebook of many cells is compared within the limits, all of them changed", () => {
  const many = (word: string) =>
    HEAD +
    Array.from(
      { length: 400 },
      (_, at) =>
        `Text ${word} ${at}.\n\n${fence({ kind: "sql", id: `${word}${at}`, body: `SELECT ${word}, ${at}\nFROM t${at % 7}` })}`,
    ).join("");
  const [a, b] = [many("one"), many("two")];
  expect(spelled(diff(a, b), "after")).toBe(b);
});
