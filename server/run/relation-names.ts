import type { Reading } from "../cells/kind.ts";
import { kindOf } from "../cells/kinds.ts";
import { HISTORY } from "../language/sql-history.ts";
import type { Cell, Problem } from "../notebook/model.ts";
import { nearest } from "../notebook/nearest.ts";

export interface RelationHome {
  readonly cell: Cell;
  /** What follows the cell's id in the relation's name: "" or "_audit". */
  readonly suffix: string;
}

/** Which relation is whose: told by the cells' bodies alone, before anything is studied. */
export class RelationNames {
  private readonly homes = new Map<string, RelationHome>();
  private readonly cells = new Map<string, Cell>();
  private readonly unreadable: Cell[] = [];
  private readonly clashes = new Map<Cell, Problem>();

  constructor(cells: readonly Cell[], readings: ReadonlyMap<Cell, Reading<unknown>>) {
    for (const cell of cells) this.add(cell, readings.get(cell) ?? null);
  }

  /** Case means nothing, as in the engine. A cell that can't be read owns every name that begins with its id. */
  home(name: string): RelationHome | null {
    const wanted = name.toLowerCase();
    const known = this.homes.get(wanted);
    if (known !== undefined) return known;
    const owner = this.unreadable.find((cell) => wanted === cell.id || wanted.startsWith(`${cell.id}_`));
    return owner === undefined ? null : { cell: owner, suffix: wanted.slice(owner.id.length) };
  }

  /** The first cell of an id: those after it are at fault. */
  cell(id: string): Cell | null {
    return this.cells.get(id) ?? null;
  }

  /** Where a name of this cell is that of an earlier cell's relation, the problem that it is. */
  clash(cell: Cell): Problem | null {
    return this.clashes.get(cell) ?? null;
  }

  get all(): string[] {
    return [...this.homes.keys()];
  }

  /** What to do about a name that is no relation's. */
  hint(name: string): string {
    const cell = this.cell(name.toLowerCase());
    if (cell?.kind === "input") return `\`${cell.id}\` is an input: its value is written \`$${cell.id}\`.`;
    if (cell !== null && !cell.known) return `\`${cell.id}\` is of the unknown kind \`${cell.kind}\` and is never run.`;
    if (cell !== null) return `\`${cell.id}\` is a ${cell.kind} cell, which yields no relation.`;
    const near = nearest(name, this.all);
    if (near.length > 0) return `Did you mean ${near.map((one) => `\`${one}\``).join(" or ")}?`;
    return this.all.length === 0
      ? "This notebook has no relations yet: add a source cell."
      : `Known relations: ${this.all.slice(0, 12).join(", ")}.`;
  }

  private add(cell: Cell, reading: Reading<unknown> | null): void {
    // The parser has told that its id is taken: it has no names.
    if (this.cells.has(cell.id)) return;
    this.cells.set(cell.id, cell);
    const kind = kindOf(cell.kind);
    if (kind === null || reading === null) return;
    const suffixes = reading.ok ? (kind.suffixes?.(reading.value.body) ?? [""]) : [];
    const taken = suffixes
      .map((suffix) => `${cell.id}${suffix}`)
      .find((name) => this.homes.has(name) || name === HISTORY);
    if (taken !== undefined) this.clashes.set(cell, this.clashOver(taken, cell));
    if (taken !== undefined || !reading.ok) this.unreadable.push(cell);
    else for (const suffix of suffixes) this.homes.set(`${cell.id}${suffix}`, { cell, suffix });
  }

  private clashOver(name: string, cell: Cell): Problem {
    if (name === HISTORY) {
      const message = `\`${name}\` is the relation of who was in which segment when, which every notebook has.`;
      const place = { cell: cell.id, line: cell.line, column: 1 };
      return { code: "relation-clash", severity: "error", ...place, message, hint: "Give the cell another id." };
    }
    const owner = this.homes.get(name)?.cell;
    const whose = owner === undefined ? "another cell" : `the cell \`${owner.id}\` in line ${owner.line}`;
    const message = `\`${name}\` is already a relation of ${whose}.`;
    const place = { cell: cell.id, line: cell.line, column: 1 };
    return { code: "relation-clash", severity: "error", ...place, message, hint: "Give one of the two another id." };
  }
}
