import { css } from "lit";

/** A notebook as a page; what lies over it is placed from its top. */
export const viewStyle = css`
  :host {
    --sheet-width: 980px;
    position: relative;
    padding-bottom: 120px;
  }
  .settings {
    color: var(--ink-3);
    font-size: var(--size-2);
  }
  .file-problems {
    display: grid;
    gap: 1px;
    margin-bottom: var(--gap-4);
    border-radius: var(--radius);
    overflow: hidden;
  }
  .drop {
    position: absolute;
    right: var(--gap-5);
    left: calc(var(--gap-5) - 15px);
    z-index: 1;
    height: 3px;
    margin-top: -1.5px;
    border-radius: 2px;
    background: var(--accent);
    pointer-events: none;
  }
  .carried {
    position: fixed;
    z-index: 3;
    padding: 3px 10px;
    border: 1px solid var(--accent);
    border-radius: 7px;
    background: var(--card);
    box-shadow: var(--shadow);
    color: var(--ink);
    font: 600 var(--size-2) var(--mono);
    pointer-events: none;
    transform: translate(14px, -50%);
  }
  .moved {
    opacity: 0.45;
  }
  .found {
    outline: 2px solid var(--stale);
    outline-offset: 4px;
    border-radius: var(--radius);
  }
  @media (max-width: 899px) {
    :host {
      padding: var(--gap-3) var(--gap-4) 96px;
    }
  }
  @media (max-width: 520px) {
    :host {
      padding: var(--gap-3) var(--gap-3) 96px 22px;
    }
  }
`;
