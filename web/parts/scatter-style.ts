import { css } from "lit";

export const scatterStyle = css`
  :host {
    display: block;
    font: var(--size-2) / 1.5 var(--font);
    color: var(--ink);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px var(--gap-3);
    margin-bottom: 6px;
    color: var(--ink-2);
  }
  .legend span {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }
  .frame {
    position: relative;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    cursor: crosshair;
    touch-action: pan-y;
  }
  .frame canvas,
  .frame svg {
    display: block;
    width: 100%;
  }
  .frame svg {
    position: absolute;
    inset: 0;
  }
  .veil {
    fill: color-mix(in oklab, var(--card) 75%, transparent);
    fill-rule: evenodd;
  }
  .zero {
    fill: none;
    stroke: var(--line);
    stroke-width: 1;
  }
  .box {
    fill: color-mix(in oklab, var(--accent) 10%, transparent);
    stroke: var(--accent);
    stroke-dasharray: 4 3;
  }
  .foot p {
    margin: 4px 0 0;
    font-size: var(--size-1);
    color: var(--ink-3);
  }
  .said {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-2);
    min-height: 30px;
    margin-top: 4px;
    color: var(--ink-2);
  }
`;
