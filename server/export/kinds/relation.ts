import { type KindOnPaper, relationTable, summaryOf } from "./output.ts";

/** A relation that is looked at as it is: the rows of a query or of verbs. */
export const relation: KindOnPaper = {
  rows: "rows",
  manner: () => "",
  output: async (context) => ({ shown: await relationTable(context, ""), folds: [] }),
};

/** One row a person: each column with its spread. */
export const features: KindOnPaper = {
  rows: "people",
  manner: () => "",
  output: async (context) => {
    const summary = await summaryOf(context);
    return { shown: await relationTable(context, "", { summaries: summary?.columns ?? [] }), folds: [] };
  },
};
