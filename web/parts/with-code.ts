import { html } from "lit";

/** Text whose backticks mark code, as problems are written. */
export function withCode(text: string) {
  return text.split(/`([^`]*)`/).map((part, place) => (place % 2 === 1 ? html`<code>${part}</code>` : part));
}
