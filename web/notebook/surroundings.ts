import { nameColumn } from "../../server/figures/segmentation.ts";
import type { WorkspaceView } from "../../server/run/view.ts";
import type { Surroundings } from "../cells/kinds.ts";
import { eventsOf } from "../state/events.ts";
import type { Session } from "../state/session.ts";

/** What a new cell of this notebook can build on. */
export function surroundingsOf(session: Session, workspace: WorkspaceView | null): Surroundings {
  const made = session.cells.filter((cell) => cell.relations.length > 0 && cell.kind !== "input");
  const relation = made.at(-1)?.relations[0] ?? null;
  return {
    relation: relation === null ? null : { name: relation.name, columns: relation.columns },
    files: (workspace?.data ?? []).map((file) => file.path),
    events: session.cells.flatMap((cell) => eventsOf(cell.body)),
    segmentations: session.cells.filter((cell) => nameColumn(cell.kind) !== null).map((cell) => cell.id),
    entity: session.notebook.head.entity,
  };
}
