import { field } from "../../../server/figures/segmentation.ts";
import type { Column, EventWord, InputValue, Vocabulary } from "../../../server/language/vocabulary.ts";
import type { CellView, RelationView } from "../../../server/run/view.ts";
import type { Session } from "../../state/session.ts";

/** A notebook's names for whoever writes in one of its cells. */
export class Knowledge {
  constructor(
    readonly session: Session,
    readonly id: string,
  ) {}

  /** Relations of other cells. */
  get relations(): readonly RelationView[] {
    return this.session.cells.filter((cell) => cell.id !== this.id).flatMap((cell) => cell.relations);
  }

  columnsOf(relation: string): readonly Column[] {
    const wanted = relation.toLowerCase();
    const found = this.session.cells
      .flatMap((cell) => cell.relations)
      .find((each) => each.name.toLowerCase() === wanted);
    return found?.columns ?? [];
  }

  get inputs(): readonly InputValue[] {
    const plan = this.session.plan;
    const moment: InputValue = { name: "as_of", type: "timestamp", value: plan?.asOf ?? null };
    return [...(plan?.inputs ?? []).map(({ id, type, value }) => ({ name: id, type, value })), moment];
  }

  get segmentations(): readonly string[] {
    const kinds = ["segments", "score", "cluster"];
    return this.session.cells.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
  }

  get events(): readonly EventWord[] {
    const { entity } = this.session.notebook.head;
    return this.session.cells.filter(({ kind }) => kind === "source").flatMap((cell) => eventsOf(cell, entity));
  }

  /** What rules of this cell may speak of, where they are about a relation, or features where that is null. */
  vocabulary(of: string | null): Vocabulary {
    return {
      attributes: of === null ? [] : this.columnsOf(of),
      events: this.events,
      segments: this.session.cells.flatMap(segmentsOf),
      inputs: this.inputs,
      provisional: true,
    };
  }

  /** Values that a column of a relation is known to have: those that its source allows, else the commonest where it has been looked at. */
  values(column: string, relation: string): readonly string[] {
    const allowed = this.#allowed(column, relation);
    return allowed.length > 0 ? allowed : this.session.results.commonValues(relation, column);
  }

  #allowed(column: string, relation: string): readonly string[] {
    const source = this.session.cells.find(({ kind, id }) => kind === "source" && id === relation);
    const list = field(field(field(source?.body, "columns"), column), "one_of");
    return Array.isArray(list) ? list.map(String) : [];
  }
}

function eventsOf({ id, body, relations }: CellView, entity: string): EventWord[] {
  const at = String(field(body, "at") ?? "");
  const columns = relations[0]?.columns ?? [];
  const event = field(body, "event");
  const around = { relation: id, at, entity, columns };
  if (typeof event === "string") return [{ ...around, words: event, where: null }];
  const column = field(field(body, "events"), "by");
  const names = field(field(body, "events"), "names");
  if (typeof column !== "string" || typeof names !== "object" || names === null) return [];
  return Object.entries(names).map(([value, words]) => ({ ...around, words: String(words), where: { column, value } }));
}

function segmentsOf({ id, kind, body, words }: CellView): { cell: string; name: string }[] {
  const named = (names: readonly unknown[]) => names.map((name) => ({ cell: id, name: String(name) }));
  const otherwise = field(body, "otherwise");
  if (kind === "segments") {
    const rules = Object.keys(words).filter((name) => name !== "exclude");
    return named(typeof otherwise === "string" ? [...rules, otherwise] : rules);
  }
  const names = field(body, "names");
  return kind === "cluster" && typeof names === "object" && names !== null ? named(Object.values(names)) : [];
}
