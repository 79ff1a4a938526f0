import { auditWords } from "../../figures/audit-words.ts";
import { html } from "../markup.ts";
import { foldedTable, type KindOnPaper, rowsOf } from "./output.ts";

const MOST_CHECKS = 200;

/** Declared files with expectations: what the audit found, and their rows. */
export const source: KindOnPaper = {
  rows: "rows",
  manner: () => "",
  output: async (context) => {
    const audit = await rowsOf(context, "_audit", { limit: MOST_CHECKS });
    const rejects = context.view.relations.find(({ name }) => name === `${context.view.id}_rejects`)?.rows ?? 0;
    const shown = audit === null ? null : html`<p class="line first">${auditWords(audit)}</p>`;
    const folds = [
      await foldedTable(context, "_audit", "Audit"),
      rejects > 0 ? await foldedTable(context, "_rejects", "Set aside") : null,
      await foldedTable(context, "", "Rows"),
    ];
    return { shown, folds };
  },
};
