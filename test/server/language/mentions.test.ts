import { expect, test } from "vitest";
import { mentionsIn } from "../../../server/language/mentions.ts";

const told = (text: string) =>
  mentionsIn(text).map(({ of, name, from, to, written }) => `${of} ${name} ${text.slice(from, to)} ${written("and")}`);

test("inputs are mentioned wherever a value may stand, and not in texts", () => {
  expect(told("total_spend > $least AND placed order at least $Times times in last $n days")).toEqual([
    "input least $least $and",
    "input times $Times $and",
    "input n $n $and",
  ]);
  expect(told("country = '$least' or `$least` > 3")).toEqual([]);
});

test("cells are mentioned before a segment's name, with the quotes that they had or need", () => {
  expect(told("in segment personas.Lapsed and not in segment `my cell`.Rich")).toEqual([
    "cell personas personas `and`",
    "cell my cell `my cell` `and`",
  ]);
  expect(told('left segment "Personas".Rich in last 3 days')).toEqual(['cell personas "Personas" "and"']);
});

test("a segment's own name and columns are no mention of a cell", () => {
  expect(told("in segment Lapsed and personas > 3 and country = 'in segment personas.Lapsed'")).toEqual([]);
});
