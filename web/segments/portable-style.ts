import { css } from "lit";

/** What the two sides of a segment's dialog look like alike. */
export const portableStyle = css`
  :host {
    display: grid;
    gap: var(--gap-3);
    font: var(--size-2) / 1.5 var(--font);
    color: var(--ink-2);
  }
  label,
  fieldset label {
    display: inline-flex;
    align-items: center;
    gap: var(--gap-2);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-2) var(--gap-3);
  }
  .end {
    justify-content: flex-end;
  }
  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 2px var(--gap-3);
    max-height: 168px;
    margin: 0;
    padding: var(--gap-2) var(--gap-3);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    overflow: auto;
  }
  legend {
    padding: 0 var(--gap-1);
    color: var(--ink-3);
    font-size: var(--size-1);
  }
  pre,
  textarea {
    box-sizing: border-box;
    width: 100%;
    margin: 0;
    padding: var(--gap-2) var(--gap-3);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--sunk);
    color: var(--ink);
    font: var(--size-2) / 1.5 var(--mono);
  }
  pre {
    max-height: 300px;
    overflow: auto;
    white-space: pre;
    tab-size: 2;
  }
  pre.rule {
    white-space: pre-wrap;
  }
  textarea {
    min-height: 132px;
    resize: vertical;
  }
  textarea.over {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  p {
    margin: 0;
  }
  .words {
    color: var(--ink);
  }
  .names {
    display: grid;
    grid-template-columns: minmax(0, auto) minmax(0, 1fr);
    gap: var(--gap-1) var(--gap-3);
    align-items: center;
  }
  code {
    color: var(--ink);
    font-family: var(--mono);
    overflow-wrap: anywhere;
  }
`;
