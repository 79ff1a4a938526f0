import type { Cell } from "../notebook/model.ts";
import type { Blocker } from "./cell-view.ts";
import type { CellOutcome } from "./execute.ts";
import type { StudiedCell } from "./studied.ts";
import type { Studies } from "./study.ts";

type How = Blocker["how"];

/** What a run could not make: whoever reads it is blocked. */
export class Missing {
  /** Cell → its parts; without the main one it has no others. */
  private readonly parts = new Map<Cell, Map<string, How>>();

  constructor(private readonly studies: Studies) {}

  /** Notes a cell that did not come to its end, where none of its parts has been noted yet. */
  add({ studied, state }: CellOutcome): void {
    if (!this.parts.has(studied.cell)) this.addPart(studied, "", state);
  }

  addPart({ cell }: StudiedCell, part: string, state: CellOutcome["state"]): void {
    const how = state === "cancelled" ? "was cancelled" : "is at fault";
    this.parts.set(cell, (this.parts.get(cell) ?? new Map()).set(part, how));
  }

  /** Forgets a cell that is run once more. */
  forget({ cell }: StudiedCell): void {
    this.parts.delete(cell);
  }

  /** Relations that a cell reads and that are not there. */
  async readBy(studied: StudiedCell): Promise<Blocker[]> {
    const found: Blocker[] = [];
    for (const name of studied.relations) {
      const holder = await this.studies.holder(name);
      const parts = holder === null ? undefined : this.parts.get(holder.studied.cell);
      const how = parts?.get("") ?? parts?.get(holder?.part?.part ?? "");
      if (how !== undefined) found.push({ name: `\`${name}\``, how });
    }
    return found;
  }
}
