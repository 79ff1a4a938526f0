import { css } from "lit";

export const segmentListStyle = css`
  :host {
    display: block;
    font: var(--size-2) / 1.5 var(--font);
    color: var(--ink);
    container-type: inline-size;
  }
  ul {
    display: grid;
    grid-template-columns: fit-content(38%) minmax(60px, 1fr) max-content max-content max-content;
    gap: 0 var(--gap-3);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
    align-items: center;
    padding: 3px 0;
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  .name {
    overflow: hidden;
    color: inherit;
    text-decoration-color: var(--line-strong);
    text-underline-offset: 3px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .track {
    height: 8px;
    border-radius: 4px;
    background: var(--sunk);
    overflow: hidden;
  }
  .track i {
    display: block;
    height: 8px;
    min-width: 1px;
    border-radius: 4px;
    background: var(--accent);
    transition: width 0.25s;
  }
  .old > li > .track,
  .old > li > .number {
    filter: grayscale(1);
  }
  .rest i {
    border-radius: 0;
    background: repeating-linear-gradient(90deg, var(--ink-3) 0 2px, transparent 2px 5px);
  }
  .rest .name {
    color: var(--ink-2);
    font-weight: 400;
  }
  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .share {
    color: var(--ink-2);
  }
  .acts {
    display: flex;
    justify-content: flex-end;
    gap: 2px;
  }
  .sentence {
    grid-column: 1 / -1;
    max-width: 84ch;
    margin: 0 0 2px;
    color: var(--ink-3);
  }
  .panel {
    grid-column: 1 / -1;
    min-width: 0;
    margin: var(--gap-1) 0 var(--gap-2);
  }
  @container (max-width: 560px) {
    ul {
      grid-template-columns: minmax(0, 1fr) max-content max-content;
    }
    .track {
      grid-column: 1 / -1;
      grid-row: 2;
      height: 5px;
    }
    .acts {
      grid-column: 1 / -1;
      justify-content: flex-start;
      margin-left: -9px;
    }
    li {
      row-gap: 3px;
    }
  }
`;
