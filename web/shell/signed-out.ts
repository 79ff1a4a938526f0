import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "../parts/button.ts";
import { Watch } from "../state/watchable.ts";
import type { Workbench } from "../state/workbench.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";

/** Says what to do where the server does not know this browser, as after it was started anew; the page stays as it is. */
@customElement("seg-signed-out")
export class SegSignedOut extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
        padding: var(--gap-2) var(--gap-4);
        background: var(--failed-soft);
        color: var(--ink);
      }
      p {
        flex: 1 1 40ch;
        margin: 0;
      }
      input {
        flex: 1 1 22ch;
        min-width: 0;
      }
      .wrong {
        flex-basis: 100%;
        color: var(--failed);
      }
    `,
  ];

  @property({ attribute: false }) bench: Workbench | null = null;
  @state() private wrong = false;
  @state() private busy = false;

  constructor() {
    super();
    new Watch(this, () => [this.bench]);
  }

  override render() {
    if (this.bench?.workspaceProblem?.code !== "not-signed-in" || this.bench.workspace === null) return nothing;
    return html`<form @submit=${this.#submit}>
      <p role="alert">
        The server was started anew and does not know this browser. Paste the address that it printed; what you typed
        stays here and is saved then.
      </p>
      <input name="address" aria-label="Address with its token" placeholder="http://…/?token=…" autocomplete="off" required />
      <seg-button kind="primary" ?busy=${this.busy} @click=${() => this.renderRoot.querySelector("form")?.requestSubmit()}>
        Sign in
      </seg-button>
      ${this.wrong ? html`<p class="wrong" role="alert">That is not the token of the server that runs now. Take the newest address that it printed.</p>` : nothing}
    </form>`;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const pasted = this.renderRoot.querySelector("input")?.value ?? "";
    this.busy = true;
    this.wrong = !((await this.bench?.signIn(pasted)) ?? false);
    this.busy = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-signed-out": SegSignedOut;
  }
}
