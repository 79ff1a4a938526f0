import { css } from "lit";

export const tableStyle = css`
  :host {
    display: block;
    font: var(--size-2) / 1.5 var(--font);
    color: var(--ink);
    --row: 28px;
  }
  .scroller {
    position: relative;
    max-height: var(--seg-table-height, 412px);
    overflow: auto;
    overscroll-behavior-x: contain;
    outline-offset: -2px;
    font-variant-numeric: tabular-nums;
  }
  .row {
    display: grid;
    width: max(100%, var(--least));
    grid-template-columns: var(--columns);
  }
  .head {
    position: sticky;
    top: 0;
    z-index: 2;
    background: var(--card);
    box-shadow: 0 1px 0 var(--line);
  }
  .head .row > div {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    padding: 6px 10px 5px;
    color: var(--ink-2);
    background: var(--card);
    cursor: pointer;
    user-select: none;
    min-width: 0;
  }
  .head .row > div:hover .name {
    color: var(--accent);
  }
  .name {
    font-weight: 500;
    color: var(--ink);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .arrow {
    font-size: 9px;
    color: var(--accent);
  }
  .type {
    font-size: var(--size-1);
    color: var(--ink-3);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .right {
    text-align: right;
  }
  .summary {
    display: grid;
    gap: 1px;
    margin-top: 4px;
    font-size: var(--size-1);
    color: var(--ink-3);
    text-align: left;
  }
  .histogram,
  .strip {
    display: flex;
    width: 100%;
    height: 20px;
  }
  .histogram {
    border-bottom: 1px solid var(--line-strong);
  }
  .histogram rect {
    fill: color-mix(in oklab, var(--accent) 52%, var(--card));
  }
  .strip i {
    flex: none;
    height: 12px;
    margin-top: 8px;
    border-right: 1px solid var(--card);
    background: color-mix(in oklab, var(--accent) 52%, var(--card));
  }
  .strip i:nth-child(even) {
    background: color-mix(in oklab, var(--accent) 34%, var(--card));
  }
  .range {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    white-space: nowrap;
    overflow: hidden;
  }
  .missing {
    white-space: nowrap;
  }
  .missing.some {
    color: color-mix(in oklab, var(--stale) 88%, var(--ink));
    font-weight: 500;
  }
  .grip {
    position: absolute;
    inset: 0 -4px 0 auto;
    width: 9px;
    z-index: 1;
    cursor: col-resize;
    touch-action: none;
  }
  .grip:hover::after {
    content: "";
    position: absolute;
    inset: 6px 4px;
    background: var(--line-strong);
  }
  .body {
    position: relative;
    overflow: clip;
    min-width: max(100%, var(--least));
  }
  .body .row {
    position: absolute;
    top: 0;
    left: 0;
    height: var(--row);
  }
  .body .row > div {
    padding: 0 10px;
    line-height: var(--row);
    box-shadow: inset 0 -1px 0 var(--line);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .body .row:hover > div {
    background: var(--sunk);
  }
  .old {
    opacity: 0.5;
  }
  .none {
    color: var(--ink-3);
  }
  .row > div:first-child {
    position: sticky;
    left: 0;
    z-index: 1;
    background: var(--card);
  }
  .scroller.aside .row > div:first-child {
    border-right: 1px solid var(--line-strong);
  }
  .scroller:focus .active {
    outline: 1px solid var(--accent);
    outline-offset: -1px;
  }
  .scroller:focus-visible {
    outline: none;
  }
  .scroller:focus-visible .active {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }
  .bone {
    display: inline-block;
    height: 8px;
    border-radius: 4px;
    vertical-align: middle;
    background: var(--line);
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--gap-4);
    min-height: 28px;
    padding: 5px 10px;
    border-top: 1px solid var(--line);
    font-size: var(--size-1);
    color: var(--ink-3);
    font-variant-numeric: tabular-nums;
  }
  .foot .value {
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--ink-2);
  }
  [role="gridcell"] a {
    color: inherit;
    text-decoration-color: var(--line-strong);
    text-underline-offset: 3px;
  }
  [role="gridcell"] a:hover {
    color: var(--accent);
    text-decoration-color: currentColor;
  }
  .foot a {
    color: var(--accent);
    text-underline-offset: 3px;
  }
  .foot code {
    font-family: var(--mono);
    color: var(--ink);
  }
  .empty {
    padding: var(--gap-3) 10px;
    color: var(--ink-2);
  }
`;
