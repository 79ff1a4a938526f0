import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import "../parts/dialog.ts";
import type { Session } from "../state/session.ts";
import { Watch } from "../state/watchable.ts";
import { base } from "../theme/base.ts";
import "./portable-in.ts";
import "./portable-out.ts";

/** Which segment goes out, or into which cell one comes in: then `segment` is null. */
export interface PortableAsked {
  readonly cell: string;
  readonly segment: string | null;
}

/** The dialog in which segments go to other tools and come from them. Events: `close`, `make-change`. */
@customElement("seg-portable")
export class SegPortable extends LitElement {
  static override styles = [
    base,
    css`
      seg-dialog {
        --dialog-width: 680px;
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  /** Null where it is closed. */
  @property({ attribute: false }) asked: PortableAsked | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.session]);
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("asked") && this.asked !== null) void this.#begin();
  }

  override render() {
    const { session, asked } = this;
    const cell = session?.notebook.cells.find(({ id }) => id === asked?.cell) ?? null;
    const isOpen = session !== null && cell !== null && asked !== null;
    const segment = asked?.segment ?? null;
    const heading = segment === null ? `Import a segment into ${asked?.cell ?? ""}` : `Export ${segment}`;
    return html`<seg-dialog heading=${heading} .open=${isOpen}>
      ${
        !isOpen
          ? nothing
          : segment === null
            ? html`<seg-portable-in .session=${session} .cell=${cell}></seg-portable-in>`
            : html`<seg-portable-out .session=${session} .cell=${cell.id} .segment=${segment}></seg-portable-out>`
      }
    </seg-dialog>`;
  }

  /** A dialog gives the focus to its first button, which closes it; here one begins by choosing the format. */
  async #begin(): Promise<void> {
    const form = this.renderRoot.querySelector<LitElement>("seg-portable-in, seg-portable-out");
    await form?.updateComplete;
    form?.renderRoot.querySelector("select")?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-portable": SegPortable;
  }
}
