import { formatCount } from "../../server/figures/format.ts";
import type { Cell } from "../../server/notebook/model.ts";
import type { CompleteFunction, EditorCompletion } from "../parts/editor.ts";
import { eventsOf } from "../state/events.ts";
import type { Session } from "../state/session.ts";

const RULE_WORDS = [
  "and",
  "or",
  "not",
  "in last 30 days",
  "more than 30 days ago",
  "at least 3 times",
  "never",
  "where",
  "between",
  "is known",
  "in segment",
  "within 3 days",
];

const RULE_KINDS: readonly string[] = ["segments", "score", "features"];

/** What can be written in a cell, by what the notebook knows: relations, columns, events, segments and inputs. */
export function completionsFor(session: Session, id: string): CompleteFunction {
  return () => {
    const cell = session.notebook.cells.find((each) => each.id === id);
    if (cell === undefined) return [];
    return [
      ...relations(session, cell),
      ...inputs(session),
      ...(RULE_KINDS.includes(cell.kind) ? ruleWords(session) : []),
    ];
  };
}

function relations(session: Session, own: Cell): EditorCompletion[] {
  const read = new Set(session.cell(own.id)?.reads ?? []);
  const columns = new Map<string, EditorCompletion>();
  const names: EditorCompletion[] = [];
  for (const cell of session.cells) {
    if (cell.id === own.id) continue;
    for (const relation of cell.relations) {
      const rows = relation.rows === null ? {} : { detail: `${formatCount(relation.rows)} rows` };
      names.push({ label: relation.name, kind: "relation", ...rows });
      // Columns of what the cell reads come first in a list that is ordered by where it was begun.
      if (!read.has(cell.id)) continue;
      for (const column of relation.columns) {
        const detail = `${column.type.toLowerCase()} of ${relation.name}`;
        if (!columns.has(column.name)) columns.set(column.name, { label: column.name, kind: "column", detail });
      }
    }
  }
  return [...columns.values(), ...names];
}

function inputs(session: Session): EditorCompletion[] {
  const ids = (session.plan?.inputs ?? []).map((input) => ({ label: `$${input.id}`, detail: input.label }));
  return [...ids, { label: "$as_of", detail: "the notebook's moment" }].map((each) => ({
    ...each,
    kind: "input" as const,
  }));
}

function ruleWords(session: Session): EditorCompletion[] {
  const events = session.cells.flatMap((cell) =>
    eventsOf(cell.body).map((label) => ({ label, kind: "event" as const, detail: cell.id })),
  );
  const segments = session.cells
    .filter((cell) => cell.kind === "segments")
    .flatMap((cell) => Object.keys(cell.words).map((label) => ({ label, kind: "segment" as const, detail: cell.id })));
  return [...events, ...segments, ...RULE_WORDS.map((label) => ({ label, kind: "keyword" as const }))];
}
