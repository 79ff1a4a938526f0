import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { acceptFinding, withdrawAcceptance } from "../../../server/notebook/edit/accept-finding.ts";
import type { Cell } from "../../../server/notebook/model.ts";
import type { FindingView } from "../../../server/run/view.ts";
import { emit } from "../../parts/emit.ts";
import type { Session } from "../../state/session.ts";
import { Watch } from "../../state/watchable.ts";
import { base } from "../../theme/base.ts";
import { isAbout } from "./about.ts";
import "./guard.ts";

/** What was found of a cell's segments, and what of it is accepted, with why. Event: `make-change`. */
@customElement("seg-guards")
export class SegGuards extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      ul {
        margin: 0;
        padding: 4px 0;
        border-top: 1px solid var(--line);
        list-style: none;
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) cell: Cell | null = null;
  /** The segment that alone is told of; null for the whole cell. */
  @property({ attribute: false }) segment: string | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.session]);
  }

  override render() {
    const { session, cell } = this;
    const all = session === null || cell === null ? [] : session.checker.guards(cell);
    const found = this.segment === null ? all : all.filter((one) => isAbout(one, this.segment));
    if (found.length === 0) return nothing;
    // In the order of the text, accepted or not, so that none moves away from the reader's hand.
    return html`<ul aria-label=${`What is found of ${this.segment ?? cell?.id}`}>
      ${repeat(
        found,
        ({ code, guard }) => JSON.stringify([code, guard]),
        (finding) => html`<li>
          <seg-guard
            .finding=${finding}
            .cell=${cell}
            .readOnly=${session?.file.readOnly === true}
            @accept=${(event: CustomEvent<{ reason: string }>) => this.#accept(finding, event.detail.reason)}
            @withdraw=${() => this.#withdraw(finding)}
          ></seg-guard>
        </li>`,
      )}
    </ul>`;
  }

  #accept({ code, guard }: FindingView, reason: string): void {
    const { session, cell } = this;
    if (session === null || cell === null || guard === null) return;
    const text = acceptFinding(session.notebook.text, cell.id, { code, ...guard, reason });
    emit(this, "make-change", { label: `Accepted ${code} in ${cell.id}`, text, at: cell.id });
  }

  #withdraw({ code, accepted }: FindingView): void {
    const { session, cell } = this;
    if (session === null || cell === null || accepted === null) return;
    const text = withdrawAcceptance(session.notebook.text, cell.id, accepted.index);
    emit(this, "make-change", { label: `Took back ${code} in ${cell.id}`, text, at: cell.id });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-guards": SegGuards;
  }
}
