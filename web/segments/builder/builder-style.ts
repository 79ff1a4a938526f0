import { css } from "lit";

export const builderStyle = css`
  :host {
    display: block;
    position: relative;
    padding: var(--gap-3);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
    color: var(--ink);
    font: var(--size-2) / 1.5 var(--font);
    container-type: inline-size;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px var(--gap-3);
    margin-bottom: var(--gap-2);
  }
  .size {
    font-size: var(--size-4);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }
  .about {
    color: var(--ink-2);
  }
  .top .close {
    margin-left: auto;
  }
  .mutes {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-2);
    margin: 0 0 var(--gap-2);
    padding: 4px 10px;
    border-radius: 6px;
    background: var(--running-soft);
  }
  select {
    min-height: 26px;
    max-width: 100%;
    padding: 2px 2px 2px 7px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--card);
    color: var(--ink);
    font: 600 var(--size-2) / 1.5 var(--font);
    field-sizing: content;
  }
  .items {
    display: grid;
    gap: 4px;
    padding-top: 4px;
  }
  .group:not(.root) {
    flex: 1;
    min-width: 0;
    padding: 4px 8px 6px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--card);
  }
  .group.dropped {
    outline: 2px dashed var(--accent);
  }
  .condition {
    flex: 1;
    min-width: 0;
    padding: 4px 8px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--card);
  }
  .item:focus-within {
    border-color: var(--accent);
  }
  .line {
    display: flex;
    align-items: flex-start;
    gap: 6px;
  }
  .join {
    flex: none;
    width: 3ch;
    padding-top: 8px;
    color: var(--ink-3);
    text-align: right;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 4px 6px;
  }
  seg-condition {
    flex: 1 1 260px;
    min-width: 0;
  }
  .grip {
    flex: none;
    width: 18px;
    min-height: 26px;
    padding: 0;
    border: 0;
    border-radius: 5px;
    background: radial-gradient(circle, var(--ink-3) 1px, transparent 1.5px) 0 1px / 6px 6px;
    background-clip: content-box;
    padding: 4px 3px;
    cursor: grab;
    touch-action: none;
  }
  .grip:hover,
  .grip:focus-visible {
    background-color: var(--accent-soft);
  }
  .not,
  .quiet {
    flex: none;
    min-height: 26px;
    padding: 0 7px;
    border: 1px solid transparent;
    border-radius: 6px;
    background: none;
    color: var(--ink-3);
    font: var(--size-2) / 1.5 var(--font);
    cursor: pointer;
  }
  .not:hover,
  .quiet:hover {
    background: var(--sunk);
    color: var(--ink);
  }
  .not[aria-pressed="true"],
  .quiet[aria-pressed="true"] {
    border-color: var(--line-strong);
    background: var(--sunk);
    color: var(--ink);
    font-weight: 600;
  }
  .quiet:disabled,
  .not:disabled {
    color: var(--ink-3);
    cursor: default;
  }
  .acts {
    display: flex;
    flex: none;
    margin-left: auto;
  }
  .sizes {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    min-height: 19px;
    margin: 2px 0 0 24px;
    color: var(--ink-2);
    font-size: var(--size-1);
    font-variant-numeric: tabular-nums;
  }
  .head > .sizes {
    margin: 4px 0 0;
  }
  .bar {
    flex: none;
    width: 64px;
    height: 5px;
    border-radius: 3px;
    background: var(--band);
    overflow: hidden;
  }
  .bar i {
    display: block;
    height: 5px;
    background: var(--accent);
  }
  .muted {
    border-style: dashed !important;
    background: var(--sunk) !important;
  }
  .muted > .head > seg-condition,
  .muted > .items {
    text-decoration: line-through;
    opacity: 0.75;
  }
  .muted .bar i {
    background: var(--ink-3);
  }
  .wrong {
    margin: 2px 0 0 24px;
    color: var(--failed);
    font-size: var(--size-1);
  }
  .adds {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-left: calc(3ch + 6px);
  }
  .add {
    min-height: 26px;
    padding: 2px 9px;
    border: 1px dashed var(--line-strong);
    border-radius: 6px;
    background: none;
    color: var(--ink-2);
    font: var(--size-2) / 1.5 var(--font);
    cursor: pointer;
  }
  .add:hover {
    border-style: solid;
    color: var(--ink);
  }
  .words,
  .source {
    margin: var(--gap-2) 0 0;
    color: var(--ink-2);
    overflow-wrap: anywhere;
  }
  .source {
    font-family: var(--mono);
    white-space: pre-wrap;
  }
  .keys {
    margin: var(--gap-2) 0 0;
    color: var(--ink-3);
    font-size: var(--size-1);
  }
  .drop-line {
    position: absolute;
    right: var(--gap-3);
    height: 2px;
    background: var(--accent);
    pointer-events: none;
  }
  [inert] {
    opacity: 0.55;
  }
  @container (max-width: 520px) {
    .join {
      width: auto;
      min-width: 0;
      padding: 8px 0 0;
    }
    .join:empty {
      display: none;
    }
    .line {
      flex-direction: column;
      align-items: stretch;
      gap: 0;
    }
    .join:not(:empty) {
      padding: 0 0 2px 2px;
      text-align: left;
    }
    .adds {
      margin-left: 0;
    }
    .condition > .head > seg-condition {
      flex-basis: 100%;
      order: 1;
    }
    .sizes,
    .wrong {
      margin-left: 0;
    }
  }
`;
