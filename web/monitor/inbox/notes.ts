import { css, html } from "lit";
import { formatDay } from "../../../server/figures/format-time.ts";
import type { Annotation } from "../../../server/monitor/life/model.ts";
import "../../parts/button.ts";
import { scopeWords } from "./annotate.ts";

export const noteStyle = css`
  .note {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px var(--gap-3);
    padding: 5px 14px;
  }
  .note span {
    color: var(--ink);
  }
`;

/** What was written down, each of which can be removed. */
export function noteList(notes: readonly Annotation[], remove: (note: Annotation) => void) {
  return html`<details class="card">
    <summary>Annotations: ${notes.length}</summary>
    <ul aria-label="Annotations">
      ${notes.map(
        (note) => html`<li class="note">
          <span>${note.text}</span> ${formatDay(note.from)}${note.to === null ? "" : ` to ${formatDay(note.to)}`}, ${scopeWords(note.scope)}${note.rebaseline ? "; evidence starts anew" : ""}
          <seg-button kind="quiet" label=${`Remove ${note.text}`} @click=${() => remove(note)}>Remove</seg-button>
        </li>`,
      )}
    </ul>
  </details>`;
}
