import { css } from "lit";

/** What the sections of a series' page share. */
export const sectionStyle = css`
  h2 {
    margin: var(--gap-4) 0 var(--gap-2);
    font-size: var(--size-3);
    font-weight: 600;
  }
  .card {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--card);
    box-shadow: var(--shadow);
    overflow: hidden;
  }
  .pad {
    padding: var(--gap-3) 14px;
  }
  p {
    margin: 0;
    color: var(--ink-2);
  }
  p.pad {
    padding-block: 8px;
  }
  a {
    color: inherit;
    text-decoration-color: var(--line-strong);
    text-underline-offset: 3px;
  }
  .tabs {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    padding: 6px 8px;
    border-bottom: 1px solid var(--line);
  }
  .tabs .words {
    margin: 0 6px;
    color: var(--ink-2);
  }
  tbody:first-child tr:first-child > * {
    border-top: 0;
  }
  .up {
    color: var(--up);
  }
  .down {
    color: var(--down);
  }
  .rule {
    border-top: 1px solid var(--line);
  }
`;
