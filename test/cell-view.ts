import type { CellView } from "../server/run/view.ts";

/** A cell as the page is told of it: fresh, without relations, read by nobody, unless something else is said. */
export function cellViewOf(id: string, over: Partial<CellView> = {}): CellView {
  return {
    ...{
      id,
      kind: "sql",
      state: "fresh",
      reason: null,
      reasons: [],
      reads: [],
      relations: [],
      problems: [],
      rows: null,
    },
    ...{ ms: null, origin: null, span: null, key: "k", words: {}, numbers: [], body: null },
    ...over,
  };
}
