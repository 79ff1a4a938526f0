import { css } from "lit";

/** What every shadow root shares: boxes, focus, figures, text for screen readers, and motion that asks first. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  ::selection {
    background: color-mix(in oklab, var(--accent) 26%, transparent);
  }
  code {
    font: 0.95em var(--mono);
  }
  .figure {
    font-variant-numeric: tabular-nums;
  }
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;

/** A quiet text button inside running text or a table: a name or a number that can be asked. */
export const askable = css`
  button.ask {
    font: inherit;
    font-variant-numeric: inherit;
    color: inherit;
    text-align: inherit;
    background: none;
    border: 0;
    margin: 0;
    padding: 0;
    border-radius: 3px;
    cursor: pointer;
    text-decoration: underline transparent 1px;
    text-underline-offset: 3px;
  }
  button.ask:hover {
    text-decoration-color: var(--line-strong);
  }
`;
