import { html } from "lit";
import type { Problem } from "../../../server/notebook/model.ts";
import "../../parts/button.ts";
import { listWords } from "../../parts/list-words.ts";
import "../../parts/problem.ts";
import type { Session } from "../../state/session.ts";

/** What could not be read, with what helps: to run the cells without which it can't, or to try again. */
export function failed(
  session: Session,
  problem: Problem,
  { cells, again }: { readonly cells: readonly string[]; readonly again: () => void },
) {
  return html`<seg-problem .problem=${problem}>
    ${
      problem.code === "not-computed" && cells.length > 0
        ? html`<seg-button slot="action" @click=${() => void session.run([...cells])}>Run ${listWords(cells)}</seg-button>`
        : html`<seg-button slot="action" @click=${again}>Try again</seg-button>`
    }
  </seg-problem>`;
}
