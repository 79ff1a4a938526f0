import { css } from "lit";

/** The look of the picker and its sets. */
export const pickerStyle = css`
  :host {
    --dialog-width: 760px;
  }
  .form,
  fieldset {
    color: var(--ink-2);
    font: var(--size-2) / 1.5 var(--font);
  }
  fieldset {
    margin: var(--gap-3) 0 0;
    padding: var(--gap-2) var(--gap-3) var(--gap-3);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  legend {
    padding: 0 6px;
    color: var(--ink);
    font-weight: 650;
  }
  .window,
  .role {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--ink-3);
  }
  .none {
    margin: 0 0 var(--gap-3);
    padding: var(--gap-2) var(--gap-3);
    border-radius: var(--radius);
    background: var(--stale-soft);
    color: var(--ink);
  }
  .roles {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(150px, 100%), 1fr));
    gap: 6px var(--gap-3);
    margin-bottom: var(--gap-2);
    padding-bottom: var(--gap-2);
    border-bottom: 1px solid var(--line);
  }
  .role {
    display: grid;
    gap: 2px;
    min-width: 0;
    font-size: var(--size-1);
  }
  .role select {
    width: 100%;
    min-width: 0;
  }
  .features {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
    gap: 6px var(--gap-3);
  }
  .feature {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 8px;
    align-items: start;
    cursor: pointer;
  }
  .feature b {
    display: block;
    color: var(--ink);
    font-weight: 600;
  }
  .feature.off {
    cursor: default;
  }
  .feature.off b {
    color: var(--ink-3);
  }
  input[type="checkbox"] {
    min-height: 0;
    width: 14px;
    height: 14px;
    margin: 3px 0 0;
    accent-color: var(--accent);
  }
  .all {
    margin: -2px 0 4px -10px;
  }
  .values {
    display: flex;
    flex-wrap: wrap;
    gap: 2px var(--gap-3);
    margin: 0 0 0 22px;
    padding: 0;
    border: 0;
  }
  .values label {
    display: inline-flex;
    gap: 5px;
    align-items: start;
  }
  .preview {
    margin-top: var(--gap-3);
  }
  h3 {
    margin: 0 0 4px;
    color: var(--ink-3);
    font-size: var(--size-1);
    font-weight: 600;
  }
  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 4px var(--gap-3);
    max-height: 260px;
    margin: 0;
    overflow: auto;
  }
  dt {
    color: var(--ink);
    font-weight: 600;
  }
  dd {
    margin: 0;
  }
  code,
  pre {
    color: var(--ink);
    font: var(--size-1) / 1.5 var(--mono);
  }
  pre {
    margin: 4px 0 0;
    overflow: auto;
  }
  .acts {
    display: flex;
    justify-content: flex-end;
    gap: var(--gap-2);
    position: sticky;
    bottom: 0;
    margin-top: var(--gap-3);
    padding: var(--gap-2) 0;
    background: var(--card);
  }
  @media (max-width: 560px) {
    dl {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
