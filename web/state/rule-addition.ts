import { field } from "../../server/figures/segmentation.ts";
import { setScalar } from "../../server/notebook/edit/set-scalar.ts";
import type { Session } from "./session.ts";
import { addition, type Change } from "./structure.ts";

/** Makes a rule that describes a cluster a segment: in the first segments cell over the same relation, or in a new one. */
export function ruleAddition(
  session: Session,
  { cell, name, rule }: { cell: string; name: string; rule: string },
): Change {
  const of = field(session.cell(cell)?.body, "of");
  const home = session.cells.find((each) => each.kind === "segments" && field(each.body, "of") === of);
  if (home !== undefined) {
    const text = setScalar(session.notebook.text, home.id, ["segments", name], rule);
    return { label: `Added the segment ${name}`, text, at: home.id };
  }
  const lines = rule.split("\n").map((line) => `    ${line}`);
  const body = `of: ${String(of ?? cell)}\nsegments:\n  ${JSON.stringify(name)}: |-\n${lines.join("\n")}\n`;
  return addition(session.notebook, { kind: "segments", id: "audiences", body, after: cell });
}
