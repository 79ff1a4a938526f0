import { css } from "lit";

export const clusterStyle = css`
  .two {
    display: grid;
    grid-template-columns: minmax(200px, 250px) minmax(0, 1fr);
    gap: var(--gap-4);
  }
  .over {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap-3);
  }
  .doubt {
    margin: 0;
    padding: var(--gap-2) 14px;
    border-bottom: 1px solid var(--line);
    border-left: 3px solid var(--stale);
    background: var(--stale-soft);
    color: var(--ink);
  }
  .lines {
    border-top: 1px solid var(--line);
    padding: var(--gap-2) 14px;
  }
  .tabs {
    border-top: 1px solid var(--line);
  }
  .first {
    margin: 0;
    max-width: 90ch;
    color: var(--ink-2);
  }
  .ask-more {
    margin: var(--gap-2) 0 0;
  }
  @media (max-width: 760px) {
    .two {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
