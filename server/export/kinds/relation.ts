import { html } from "../markup.ts";
import { type KindOnPaper, relationTable, summaryOf } from "./output.ts";

/** A relation that is looked at as it is: the rows of a query or of verbs. */
export const relation: KindOnPaper = {
  rows: "rows",
  manner: () => "",
  output: async (context) => (await relationTable(context, "")) ?? html``,
};

/** One row a person: each column with its spread. */
export const features: KindOnPaper = {
  rows: "people",
  manner: () => "",
  output: async (context) => {
    const summary = await summaryOf(context);
    return (await relationTable(context, "", { summaries: summary?.columns ?? [] })) ?? html``;
  },
};
