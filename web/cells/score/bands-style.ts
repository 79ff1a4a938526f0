import { css } from "lit";

export const bandsStyle = css`
  :host {
    display: block;
    font: var(--size-2) / 1.5 var(--font);
    color: var(--ink);
    font-variant-numeric: tabular-nums;
    container-type: inline-size;
  }
  ul {
    display: grid;
    grid-template-columns: minmax(90px, 180px) max-content minmax(60px, 1fr) max-content max-content max-content max-content;
    gap: 0 var(--gap-3);
    margin: var(--gap-3) 0 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
    align-items: center;
    padding: 2px 0;
  }
  input {
    padding: 2px 6px;
    border-color: transparent;
    background: transparent;
  }
  input:hover,
  input:focus {
    border-color: var(--line-strong);
  }
  input.name {
    width: 100%;
    margin-left: -7px;
    font-weight: 600;
  }
  li a {
    color: inherit;
    text-decoration-color: var(--line-strong);
    text-underline-offset: 3px;
  }
  a.about {
    color: var(--ink-2);
  }
  .border {
    color: var(--ink-2);
  }
  .border input {
    width: 8ch;
    font-variant-numeric: tabular-nums;
  }
  .track {
    height: 8px;
    overflow: hidden;
    border-radius: 4px;
    background: var(--sunk);
  }
  .track i {
    display: block;
    height: 8px;
    min-width: 1px;
    border-radius: 4px;
    background: var(--accent);
  }
  .number {
    text-align: right;
  }
  .share {
    min-width: 5.5ch;
    color: var(--ink-2);
  }
  .none {
    margin: var(--gap-2) 0 0;
    color: var(--ink-2);
  }
  .fault {
    margin: var(--gap-2) 0 0;
    color: var(--failed);
  }
  .more {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-2);
    margin: var(--gap-2) 0 0 -11px;
  }
  @container (max-width: 520px) {
    ul {
      grid-template-columns: minmax(0, 1fr) max-content max-content max-content;
    }
    .track {
      grid-column: 1 / -1;
      grid-row: 2;
      height: 5px;
    }
    a.about {
      grid-column: 2 / -1;
      grid-row: 3;
      justify-self: end;
    }
    seg-button[label] {
      grid-column: 1;
      grid-row: 3;
      justify-self: start;
      margin-left: -11px;
    }
  }
`;
