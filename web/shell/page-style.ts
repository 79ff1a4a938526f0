import { css } from "lit";

/** What the pages over all notebooks share. */
export const page = css`
  :host {
    display: block;
    max-width: 1180px;
    margin: 0 auto;
    padding: var(--gap-4) var(--gap-5) 80px;
    font: var(--size-3) / 1.5 var(--font);
  }
  h1 {
    margin: 0 0 6px;
    font-size: var(--size-5);
    font-weight: 650;
    letter-spacing: -0.02em;
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
  @media (max-width: 899px) {
    :host {
      padding: var(--gap-3) var(--gap-3) 64px;
    }
  }
`;
