import { html } from "lit";
import { unbroken } from "../../server/figures/format.ts";

/** Text whose backticks mark code, as problems are written. */
export function withCode(text: string) {
  return text.split(/`([^`]*)`/).map((part, place) => (place % 2 === 1 ? html`<code>${part}</code>` : unbroken(part)));
}
