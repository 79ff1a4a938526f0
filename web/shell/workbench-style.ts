import { css } from "lit";

/** The page as a grid: the head, the columns, and what is read between them. */
export const workbenchStyle = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / 216px minmax(0, 1fr) 272px;
    height: 100vh;
    height: 100dvh;
    color: var(--ink);
    font: var(--size-3) / 1.5 var(--font);
  }
  header {
    grid-column: 1 / -1;
  }
  nav {
    grid-row: 2 / -1;
  }
  section {
    grid-column: 2 / -1;
    grid-row: 3;
    height: min(46dvh, 460px);
    border-top: 1px solid var(--line-strong);
  }
  section > * {
    height: 100%;
  }
  nav,
  main,
  aside {
    overflow: auto;
    overscroll-behavior: contain;
  }
  nav {
    border-right: 1px solid var(--line);
  }
  aside {
    border-left: 1px solid var(--line);
  }
  main {
    position: relative;
  }
  main:focus {
    outline: none;
  }
  :host(.plain) main {
    grid-column: 2 / -1;
  }
  .alone {
    max-width: 720px;
    margin: var(--gap-5) auto;
  }
  .skip {
    position: absolute;
    top: -60px;
    left: var(--gap-3);
    z-index: 2;
    padding: 8px 14px;
    border-radius: 7px;
    background: var(--accent);
    color: var(--on-accent);
  }
  .skip:focus {
    top: var(--gap-2);
  }
  @media (max-width: 899px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
    }
    :host(.plain) main {
      grid-column: 1;
    }
    section {
      grid-column: 1;
      height: 60dvh;
    }
  }
`;
