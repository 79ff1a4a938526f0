import { html, nothing } from "lit";
import { describeExpression } from "../../../server/language/describe.ts";
import { parseExpression } from "../../../server/language/parse-expression.ts";
import type { Chosen } from "../../../server/language/ready/choose.ts";
import type { Session } from "../../state/session.ts";

export interface Preview {
  readonly chosen: Chosen;
  readonly rfm: { readonly event: string; readonly amount: string } | null;
}

/** What will be written: each feature's expression and what it means, and the sources that come with them. */
export function previewOf(session: Session, { chosen, rfm }: Preview) {
  const { head } = session.notebook;
  const { columns, sources, events } = chosen;
  if (columns.length === 0 && rfm === null) return nothing;
  const asOf = Date.parse(session.plan?.asOf ?? "");
  const clock = { asOf: Number.isNaN(asOf) ? Date.now() : asOf, zone: head.timezone, weekStarts: head.week_starts };
  const vocabulary = { attributes: [], events, segments: [], inputs: [], provisional: true };
  const say = (text: string) => {
    const { expression } = parseExpression(text, vocabulary);
    return expression === null ? "" : describeExpression(expression, clock);
  };
  return html`<section class="preview" aria-label="What will be written">
    <h3>What will be written</h3>
    <dl>
      ${rfm === null ? nothing : html`<dt>template: rfm</dt><dd>of ${rfm.event} by ${rfm.amount}: r, f, m from 1 to 5, and a group</dd>`}
      ${columns.map(
        ({ name, expression }) =>
          html`<dt>${name}</dt>
            <dd><code>${expression}</code><br />${say(expression)}</dd>`,
      )}
      ${sources.map(
        ({ id, body }) =>
          html`<dt>source ${id}</dt>
            <dd><details><summary>A cell of its own before this one; rules can speak of it too</summary><pre>${body}</pre></details></dd>`,
      )}
    </dl>
  </section>`;
}
