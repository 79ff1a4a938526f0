import { formatCount, formatPercent } from "../../figures/format.ts";
import type { SegmentSize } from "../../figures/segmentation.ts";
import { html, type Markup } from "../markup.ts";

/** Sizes as bars, the full width being everybody, each with its rule in plain words. */
export function bars(sizes: readonly SegmentSize[], { label, rest }: { label: string; rest: unknown }): Markup {
  return html`<ul class="bars" aria-label="${label}">${sizes.map(({ name, people, share, words }) => {
    const width = Math.min(100, Math.max(0, (share ?? 0) * 100));
    const bar = people > 0 ? html`<i style="width:${width.toFixed(2)}%"></i>` : null;
    return html`<li${name === rest ? html` class="rest"` : null}><span class="name">${name}</span> <span class="track" aria-hidden="true">${bar}</span> <span class="number">${formatCount(people)}</span> <span class="number share">${share === null ? null : formatPercent(share, { digits: 1 })}</span> ${
      words === null ? null : html`<p>${words}</p>`
    }</li>`;
  })}</ul>`;
}
