import { html } from "lit";
import type { CellOutput } from "../../cells/output.ts";
import "../../parts/button.ts";

/** A button that computes a relation of a cell which is computed only when it is asked for. */
export function wanting({ view, session }: CellOutput, suffix: string, words: string) {
  const isBusy = view?.state === "running" || view?.state === "waiting";
  return html`<p class="pad">
    <seg-button ?busy=${isBusy} @click=${() => void session?.run([`${view?.id}${suffix}`])}>${words}</seg-button>
  </p>`;
}
