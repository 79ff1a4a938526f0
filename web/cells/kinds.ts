import type { TemplateResult } from "lit";
import type { Cell, CellKindName } from "../../server/notebook/model.ts";
import type { CellView } from "../../server/run/view.ts";
import type { Session } from "../state/session.ts";
import { chart } from "./chart.ts";
import { cluster } from "./cluster.ts";
import { features } from "./features.ts";
import { input } from "./input.ts";
import { monitor } from "./monitor.ts";
import { score } from "./score.ts";
import { segments } from "./segments.ts";
import { source } from "./source.ts";
import { sql } from "./sql.ts";
import type { Surroundings } from "./surroundings.ts";
import { transform } from "./transform.ts";

/** How the page shows one kind of cell: the twin of the server's. */
export interface KindOnPage {
  /** What it is for, in a sentence, where a cell is added. */
  readonly purpose: string;
  /** The editor's language for its body. */
  readonly language: "yaml" | "sql";
  /** Whether its text is folded away while it is fresh, unless the reader chose otherwise. */
  readonly foldedWhenFresh: boolean;
  /** What its rows are, in the plural. */
  readonly rows: string;
  /** What it does, read off its body: `Ward, robust scale`; empty where the kind says enough. */
  readonly manner: (body: unknown) => string;
  /** A body to start from, given what the notebook has. */
  readonly template: (surroundings: Surroundings) => string;
  readonly output: (context: OutputContext) => TemplateResult;
  /** `itself` where its output holds more than the last result, and greys that alone once it is old. */
  readonly greys?: "itself";
}

export interface OutputContext {
  readonly session: Session;
  readonly cell: Cell;
  readonly view: CellView;
}

/** The one table of kinds. */
export const kinds: Readonly<Record<CellKindName, KindOnPage>> = {
  source,
  sql,
  features,
  cluster,
  score,
  segments,
  transform,
  chart,
  monitor,
  input,
};

/** How a kind is shown; null for a kind that the page does not know. */
export function kindOnPage(kind: string): KindOnPage | null {
  return Object.hasOwn(kinds, kind) ? kinds[kind as CellKindName] : null;
}
