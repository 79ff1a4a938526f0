import { css } from "lit";

/** A cell: a line at its side that says its state, and a card with its text and what it yields. */
export const cellFrameStyle = css`
  :host {
    display: block;
    margin: 0 0 var(--gap-4) -15px;
    scroll-margin: 14px;
    font: var(--size-2) / 1.5 var(--font);
  }
  section {
    display: grid;
    grid-template-columns: 3px minmax(0, 1fr);
    gap: 0 var(--gap-3);
    border-radius: var(--radius);
  }
  :host([small]) {
    margin-bottom: 2px;
  }
  section:focus {
    outline: none;
  }
  section:hover,
  section:focus-within {
    --cell-actions: none;
  }
  section:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 6px;
  }
  .card {
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    box-shadow: var(--shadow);
    overflow: hidden;
  }
  .at .card {
    border-color: var(--line-strong);
  }
  .why {
    padding: 6px 14px;
    background: var(--stale-soft);
    color: color-mix(in oklab, var(--stale) 88%, var(--ink));
  }
  .why code {
    font: 0.94em var(--mono);
  }
  .why + * {
    border-top: 1px solid var(--line);
  }
  .text {
    background: var(--sunk);
  }
  .text + .output {
    border-top: 1px solid var(--line);
  }
  .old {
    filter: grayscale(1);
  }
  .far {
    min-height: 320px;
  }
  .unknown {
    padding: var(--gap-3) 14px;
    color: var(--ink-2);
  }

  .wide {
    --dialog-width: 860px;
  }
`;
