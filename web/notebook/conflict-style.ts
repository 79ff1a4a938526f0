import { css } from "lit";

/** Both sides beside each other, also on a narrow screen, where the lines wrap. */
export const conflictStyle = css`
  seg-dialog {
    --dialog-width: 980px;
  }
  p {
    margin: 0 0 var(--gap-3);
  }
  fieldset {
    min-width: 0;
    margin: 0 0 var(--gap-4);
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    color: var(--ink);
    font: 600 var(--size-2) var(--mono);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-1, 4px) var(--gap-4);
    padding: 6px 0;
    color: var(--ink);
    font-size: var(--size-2);
  }
  label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 28px;
    cursor: pointer;
  }
  input {
    accent-color: var(--accent);
  }
  .both,
  pre {
    max-height: 44vh;
    margin: 0;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--sunk);
  }
  pre {
    padding: var(--gap-2) var(--gap-3);
    color: var(--ink);
    font: 12px / 1.6 var(--mono);
    font-variant-ligatures: none;
    white-space: pre-wrap;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
  }
  th {
    position: sticky;
    top: 0;
    padding: 4px var(--gap-3);
    background: var(--sunk);
    color: var(--ink-2);
    font: 500 var(--size-1) / 1.5 var(--font);
    text-align: left;
  }
  td {
    padding: 0 var(--gap-3);
    color: var(--ink);
    font: 12px / 1.6 var(--mono);
    font-variant-ligatures: none;
    vertical-align: top;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  td + td,
  th + th {
    border-left: 1px solid var(--line);
  }
  .other {
    background: color-mix(in oklab, var(--stale-soft) 60%, transparent);
  }
  mark {
    background: var(--stale-soft);
    color: inherit;
    text-decoration: underline 1.5px var(--stale);
    text-underline-offset: 3px;
  }
`;
