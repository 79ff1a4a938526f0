import { css } from "lit";

/** The head in one line or, on a narrow screen, in two. */
export const headerStyle = css`
  :host {
    display: flex;
    align-items: center;
    gap: var(--gap-3);
    min-height: 52px;
    padding: 0 var(--gap-4);
    border-bottom: 1px solid var(--line);
    background: var(--card);
    font: var(--size-3) / 1.5 var(--font);
  }
  .logo {
    display: flex;
    align-items: center;
    gap: var(--gap-2);
    width: 176px;
    color: var(--ink);
    font-weight: 650;
    letter-spacing: -0.01em;
    text-decoration: none;
  }
  .logo i {
    width: 16px;
    height: 16px;
    border-radius: 4px;
    background: conic-gradient(var(--accent) 0 55%, var(--stale) 55% 80%, var(--running) 80%);
  }
  .crumb {
    flex: 0 1 auto;
    min-width: 0;
    overflow: hidden;
    color: var(--ink-3);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .crumb b {
    color: var(--ink);
    font-weight: 600;
  }
  .gap {
    flex: 1;
  }
  seg-menu {
    white-space: nowrap;
  }
  .save,
  .how-far {
    color: var(--ink-3);
    font-size: var(--size-2);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .how-far {
    color: var(--running);
  }
  @media (max-width: 899px) {
    :host {
      flex-wrap: wrap;
      gap: var(--gap-2);
      padding: var(--gap-2) var(--gap-3);
    }
    .logo {
      width: auto;
    }
    /* The second line: where one is, and the run. */
    .second {
      order: 2;
    }
    .break {
      flex-basis: 100%;
      height: 0;
      order: 1;
    }
    .crumb {
      flex: 1;
    }
  }
`;
