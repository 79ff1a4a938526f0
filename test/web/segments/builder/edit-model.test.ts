import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRule } from "../../../../server/language/parse-rule.ts";
import {
  duplicated,
  everyItem,
  grouped,
  itemAt,
  joined,
  moved,
  negated,
  stepped,
  switched,
  ungrouped,
  without,
} from "../../../../web/segments/builder/edit-model.ts";
import { type Group, type Item, modelOf } from "../../../../web/segments/builder/model.ts";
import { shop } from "../../../server/language/shop.ts";

/** Conditions are told by their number: `a1 AND (a2 OR a3)`. */
function built(text: string): Group {
  const written = text.replace(/a(\d)/g, "total_spend > $1");
  const { rule, problems } = parseRule(written, shop);
  if (problems.length > 0) throw new Error(problems[0]?.message);
  return modelOf(rule);
}

function told(item: Item): string {
  const not = "NOT ".repeat(item.negations);
  if (item.kind === "group") return `${not}(${item.items.map(told).join(` ${item.how} `)})`;
  if (item.leaf === null) return `${not}?`;
  return item.leaf.kind === "compare" && item.leaf.value.kind === "number" ? `${not}a${item.leaf.value.value}` : "…";
}

function idOf(root: Group, name: string): string {
  const found = everyItem(root).find((item) => told(item) === name);
  if (found === undefined) throw new Error(`no ${name} in ${told(root)}`);
  return found.id;
}

describe("moving by steps", () => {
  const down = (text: string, name: string) => {
    const root = built(text);
    return told(stepped(root, idOf(root, name), 1));
  };
  const up = (text: string, name: string) => {
    const root = built(text);
    return told(stepped(root, idOf(root, name), -1));
  };

  it("goes past a condition, into a group and out of it again", () => {
    expect(down("a1 AND a2 AND (a3 OR a4)", "a1")).toBe("(a2 and a1 and (a3 or a4))");
    expect(down("a1 AND (a3 OR a4)", "a1")).toBe("((a1 or a3 or a4))");
    expect(down("(a3 OR a4) AND a1", "a4")).toBe("((a3) and a4 and a1)");
    expect(up("a1 AND (a3 OR a4)", "a3")).toBe("(a1 and a3 and (a4))");
    expect(up("(a3 OR a4) AND a1", "a1")).toBe("((a3 or a4 or a1))");
  });

  it("ends at the ends of the rule", () => {
    expect(up("a1 AND a2", "a1")).toBe("(a1 and a2)");
    expect(down("a1 AND a2", "a2")).toBe("(a1 and a2)");
  });

  it("never loses or doubles a condition, wherever one moves to", () => {
    const text = "a1 AND (a2 OR (a3 AND a4)) AND NOT (a5 OR a6)";
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat())), (moves) => {
        let root = built(text);
        for (const [which, where, index] of moves) {
          const items = everyItem(root);
          const groups = items.filter((item) => item.kind === "group");
          const into = groups[where % groups.length];
          const item = items[which % items.length];
          if (into?.kind !== "group" || item === undefined) continue;
          root = moved(root, item.id, { into: into.id, index: index % (into.items.length + 1) });
        }
        const names = everyItem(root).flatMap((item) => (item.kind === "condition" ? [told(item)] : []));
        expect(names.sort()).toEqual(["a1", "a2", "a3", "a4", "a5", "a6"]);
      }),
    );
  });
});

describe("groups", () => {
  it("take an item in, and give their items back", () => {
    const root = built("a1 AND a2");
    const inner = grouped(root, idOf(root, "a2"));
    expect(told(inner)).toBe("(a1 and (a2))");
    const asked = joined(inner, idOf(inner, "(a2)"), "or");
    expect(told(asked.root)).toBe("(a1 and (a2 or ?))");
    expect(told(ungrouped(asked.root, idOf(asked.root, "(a2 or ?)")))).toBe("(a1 and a2 and ?)");
  });

  it("are switched and negated, and a group that is left empty goes", () => {
    const root = built("a1 AND (a2 OR a3)");
    const group = idOf(root, "(a2 or a3)");
    expect(told(switched(root, group))).toBe("(a1 and (a2 and a3))");
    expect(told(negated(root, group))).toBe("(a1 and NOT (a2 or a3))");
    expect(told(negated(negated(root, group), group))).toBe(told(root));
    expect(told(without(without(root, idOf(root, "a2")), idOf(root, "a3")))).toBe("(a1)");
  });

  it("grow by AND and OR beside a condition, by a group of its own where the words differ", () => {
    const root = built("a1 AND a2");
    expect(told(joined(root, idOf(root, "a1"), "and").root)).toBe("(a1 and ? and a2)");
    expect(told(joined(root, idOf(root, "a1"), "or").root)).toBe("((a1 or ?) and a2)");
    expect(told(joined(root, root.id, "or").root)).toBe("((a1 and a2) or ?)");
    const negative = built("NOT (a1 OR a2)");
    expect(told(joined(negative, negative.id, "and").root)).toBe("(NOT (a1 or a2) and ?)");
    const one = built("a1");
    expect(told(joined(one, idOf(one, "a1"), "or").root)).toBe("(a1 or ?)");
  });

  it("are copied with everything in them", () => {
    const root = built("a1 AND (a2 OR a3)");
    const copy = duplicated(root, idOf(root, "(a2 or a3)"));
    expect(copy && told(copy.root)).toBe("(a1 and (a2 or a3) and (a2 or a3))");
    expect(copy && itemAt(copy.root, copy.added)?.id).not.toBe(idOf(root, "(a2 or a3)"));
  });
});
