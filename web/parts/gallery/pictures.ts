import { html, type TemplateResult } from "lit";
import type { Bar } from "../bars.ts";
import { customerMerges, profile, watched } from "./figures.ts";

const merges = customerMerges();
const tiles = watched();

const validity = [
  { k: 3, stability: 0.88 },
  { k: 4, stability: 0.93 },
  { k: 5, stability: 0.71 },
];

const bars: Bar[] = [
  {
    name: "Recent High-Value Buyers",
    count: 1412,
    share: 0.0706,
    change: 0.031,
    sentence: "Spent more than £200 in all, and bought after 24 Oct 2026, 00:00 (London).",
  },
  { name: "Browsing Shoppers", count: 6320, share: 0.316, change: -0.004 },
  { name: "Bargain Hunters", count: 12, share: 0.0006, change: null },
  { name: "Everyone else", count: 12_256, share: 0.6128, change: 0, role: "rest" },
];

/** A dendrogram beside its profile, as under a cluster cell. */
export function clusterView(): TemplateResult {
  return html`<div class="card out two">
    <seg-dendrogram .merges=${merges} .k=${4} .validity=${validity} .recommended=${4}></seg-dendrogram>
    <seg-heatmap .heat=${profile} label="Profile of personas"></seg-heatmap>
  </div>`;
}

/** Sizes of segments. */
export function sizesView(): TemplateResult {
  return html`<div class="card out">
    <seg-bars .bars=${bars} label="Sizes of audiences"></seg-bars>
    <seg-histogram
      id="spread"
      .bars=${[40, 22, 0, 9, 4]}
      .spans=${["0 to 1", "1 to 2", "2 to 3", "3 to 4", "4 to 5"]}
      .ends=${["0", "mean 0.9", "5"]}
      .at=${1}
      label="How orders spreads"
    ></seg-histogram>
  </div>`;
}

/** The wall of a monitor. */
export function seriesView(): TemplateResult {
  return html`<seg-series-wall .tiles=${tiles}></seg-series-wall>`;
}
