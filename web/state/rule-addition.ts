import { field } from "../../server/figures/segmentation.ts";
import { setScalar } from "../../server/notebook/edit/set-scalar.ts";
import type { Session } from "./session.ts";
import { addition, type Change } from "./structure.ts";

/** Makes a rule that describes a cluster a segment: in the first segments cell over the same relation, or in a new one. */
export function ruleAddition(
  session: Session,
  { cell, name: asked, rule }: { cell: string; name: string; rule: string },
): Change {
  const of = field(session.cell(cell)?.body, "of");
  const home = session.cells.find((each) => each.kind === "segments" && field(each.body, "of") === of);
  if (home !== undefined) {
    const written = ruleIn(home.body, asked, rule);
    // The same words are there already: nothing is to be done but to show them.
    if (written === "there")
      return { label: `${asked} is in ${home.id} already`, text: session.notebook.text, at: home.id };
    const name = written;
    const text = setScalar(session.notebook.text, home.id, ["segments", name], rule);
    return { label: `Added the segment ${name}`, text, at: home.id };
  }
  const lines = rule.split("\n").map((line) => `    ${line}`);
  const body = `of: ${String(of ?? cell)}\nsegments:\n  ${JSON.stringify(asked)}: |-\n${lines.join("\n")}\n`;
  return addition(session.notebook, { kind: "segments", id: "audiences", body, after: cell });
}

/** A name that is free in a segments cell; `there` where the rule stands under this name already. */
function ruleIn(body: unknown, name: string, rule: string): string {
  const rules = field(body, "segments");
  const entries: readonly unknown[] = Array.isArray(rules) ? rules : Object.entries(rules ?? {});
  const known = new Map(
    entries.flatMap((entry): [string, unknown][] =>
      Array.isArray(entry) ? [[String(entry[0]), entry[1]]] : [[String(field(entry, "name")), field(entry, "rule")]],
    ),
  );
  const otherwise = field(body, "otherwise");
  const isTaken = (one: string) => known.has(one) || one === otherwise;
  if (!isTaken(name)) return name;
  if (known.get(name) === rule) return "there";
  for (let number = 2; ; number += 1) if (!isTaken(`${name} ${number}`)) return `${name} ${number}`;
}
