import { css } from "lit";

/** A page that is read from top to bottom: its width, its air and its title. */
export const sheet = css`
  :host {
    display: block;
    max-width: var(--sheet-width);
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
  @media (max-width: 899px) {
    :host {
      padding: var(--gap-3) var(--gap-3) 64px;
    }
  }
`;
