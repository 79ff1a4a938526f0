import { css } from "lit";
import { sheet } from "../theme/sheet.ts";

/** What the pages over all notebooks share. */
export const page = css`
  ${sheet}
  :host {
    --sheet-width: 1180px;
  }
  .lead {
    max-width: 68ch;
    margin: 0 0 var(--gap-4);
    color: var(--ink-2);
  }
  h2 {
    margin: var(--gap-4) 0 var(--gap-2);
    font-size: var(--size-3);
    font-weight: 600;
  }
  a {
    color: inherit;
    text-decoration-color: var(--line-strong);
    text-underline-offset: 3px;
  }
  .card {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--card);
    box-shadow: var(--shadow);
    overflow: hidden;
  }
  .quiet {
    margin: 0;
    color: var(--ink-2);
    font-size: var(--size-2);
  }
`;
