import { html, nothing, type ReactiveController, type ReactiveControllerHost } from "lit";
import type { Block } from "../../server/notebook/model.ts";
import { activeElement } from "../parts/active-element.ts";
import { editorOffset, type Found } from "../state/find.ts";
import type { Session } from "../state/session.ts";
import type { SegCell } from "./cell-frame.ts";
import "./find.ts";

/** Whoever holds the cells that are looked through. */
export interface Searched extends ReactiveControllerHost {
  readonly session: Session | null;
  readonly renderRoot: HTMLElement | DocumentFragment;
  cell(id: string): SegCell | null;
}

/** Finding in a notebook: whether its bar is there, and which place is shown. */
export class Finding implements ReactiveController {
  #open = false;
  #found: Found | null = null;
  #marked: SegCell | null = null;
  /** What had the focus before the bar took it. */
  #before: HTMLElement | null = null;

  constructor(private readonly host: Searched) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.close();
  }

  /** Opens the bar, or goes back to it. */
  begin(): void {
    if (!this.#open) this.#before = activeElement();
    this.#open = true;
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector("seg-find")?.focus());
  }

  close(): void {
    this.#open = false;
    this.#found = null;
    this.#unmark(null);
    this.host.requestUpdate();
  }

  render() {
    if (!this.#open) return nothing;
    return html`<seg-find
      .session=${this.host.session}
      @found=${(event: CustomEvent<Found | null>) => void this.#show(event.detail)}
      @leave=${this.#leave}
    ></seg-find>`;
  }

  /** Whether what is shown stands in these words, or is this cell's id. */
  isIn(block: Block): boolean {
    const found = this.#found;
    if (found === null || found.where === "body") return false;
    return this.host.session?.notebook.blocks[found.block] === block;
  }

  readonly #leave = (): void => {
    const { session } = this.host;
    this.close();
    if (this.#before?.isConnected) this.#before.focus();
    else if (session?.at) this.host.cell(session.at)?.focus();
    this.#before = null;
  };

  /** Shows a place: in its cell's text, at its cell's head, or in the words. */
  async #show(found: Found | null): Promise<void> {
    const { session } = this.host;
    this.#found = found;
    this.#unmark(found?.cell ?? null);
    this.host.requestUpdate();
    if (session === null || found === null) return;
    await this.host.updateComplete;
    const cell = found.cell === null ? null : this.host.cell(found.cell);
    if (cell === null || found.where !== "body") {
      this.host.renderRoot.querySelector(".found")?.scrollIntoView({ block: "center" });
      return;
    }
    this.#marked = cell;
    const { notebook } = session;
    await cell.mark(editorOffset(notebook, found, found.from), editorOffset(notebook, found, found.to));
  }

  /** One place is marked at a time; `next` is the cell of the next. */
  #unmark(next: string | null): void {
    if (this.#marked?.cell?.id !== next) this.#marked?.unmark();
    this.#marked = null;
  }
}
