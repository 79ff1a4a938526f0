import type { CellValue } from "../../server/figures/cell-value.ts";
import type { TableLink } from "../parts/table.ts";
import { routeHref } from "./route.ts";
import type { Session } from "./session.ts";

/** Where a value of a table leads: a key of the entities to the person's page, all else nowhere. */
export function personLink(session: Session): (column: string, value: CellValue) => TableLink | null {
  return (column, value) => {
    if (column !== session.notebook.head.entity || value === null) return null;
    const href = routeHref({ page: "person", path: session.path, person: String(value) });
    return { href, words: "Open this person" };
  };
}
