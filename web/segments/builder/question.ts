import type { Cell } from "../../../server/notebook/model.ts";
import { dependentsOf } from "../../state/graph.ts";
import type { Asking } from "../../state/rule-preview.ts";
import type { Session } from "../../state/session.ts";
import { writtenRules } from "../written-rules.ts";
import { conditionsIn, type Group, textOf } from "./model.ts";

/** What is to be asked about a rule, with a mark of everything else that its sizes depend on. */
export function questionOf(session: Session, cell: Cell, { rule, root }: { rule: string; root: Group }): Asking {
  const conditions = [...new Set(conditionsIn(root).map(({ leaf }) => textOf(leaf)))];
  const rules = writtenRules(cell) ?? [];
  const isWritten = rules.some(({ name }) => name === rule);
  const own = new Set([cell.id, ...dependentsOf(cell.id, session.cells)]);
  const others = session.cells.filter(({ id }) => !own.has(id)).map(({ id, key, state }) => [id, key, state]);
  const beside = rules.filter(({ name }) => name !== rule);
  const mark = JSON.stringify([session.values, session.plan?.asOf, session.notebook.head.exclude, others, beside]);
  return { cell: cell.id, rule: isWritten ? rule : null, conditions, mark };
}
