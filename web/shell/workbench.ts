import { html, LitElement, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import "../graph/panel.ts";
import { SegProse } from "../notebook/prose.ts";
import type { SegNotebook } from "../notebook/view.ts";
import "../parts/drawer.ts";
import type { PortableAsked } from "../segments/portable.ts";
import type { Session } from "../state/session.ts";
import { Watch } from "../state/watchable.ts";
import { Workbench } from "../state/workbench.ts";
import { base } from "../theme/base.ts";
import { CellCommands } from "./cell-commands.ts";
import { content } from "./content.ts";
import "./header.ts";
import { keyMap } from "./key-map.ts";
import { isTyping, KeyReader, usedBy } from "./key-reader.ts";
import "./knows.ts";
import "./navigation.ts";
import { Over } from "./over.ts";
import { pageTitle } from "./page-title.ts";
import "./signed-out.ts";
import { Wide } from "./wide.ts";
import { workbenchStyle } from "./workbench-style.ts";

/** The whole page: its head, its columns, what the address asks for, and what lies over it. */
@customElement("seg-workbench")
export class SegWorkbench extends LitElement {
  static override styles = [base, workbenchStyle];

  readonly bench = new Workbench();
  @state() private showsGraph = false;
  @query("seg-notebook") private notebook!: SegNotebook | null;
  readonly #wide = new Wide(this);
  readonly #commands = new CellCommands(
    this.bench,
    () => this.notebook,
    (after) => this.#over.askKind(after),
  );
  readonly #over = new Over(this, () => ({
    ...{ bench: this.bench, session: this.#session, commands: this.#commands },
    toggleGraph: () => void this.#toggleGraph(),
  }));
  readonly #reader = new KeyReader(() => keyMap);
  #heard = "";

  constructor() {
    super();
    new Watch(this, () => [this.bench, this.bench.place, this.bench.notices, this.bench.session]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("keydown", this.#key);
    addEventListener("keydown", this.#keyInText, { capture: true });
    this.addEventListener("click", this.bench.place.follow);
    void this.bench.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#key);
    removeEventListener("keydown", this.#keyInText, { capture: true });
    this.removeEventListener("click", this.bench.place.follow);
    this.bench.stream.close();
  }

  override updated(): void {
    const { route } = this.bench.place;
    const place = JSON.stringify([route, this.bench.session?.path, this.notebook === null]);
    if (place === this.#heard) return;
    this.#heard = place;
    document.title = pageTitle(this.bench);
    if (route.page === "notebook" && route.cell !== null) void this.notebook?.show(route.cell, "start");
  }

  override render() {
    const { bench } = this;
    const session = this.#session;
    this.classList.toggle("plain", session === null);
    return html`<header>
        <a class="skip" href="#content" @click=${this.#skip}>Skip to the content</a>
        <seg-header
        .bench=${bench}
        .showsGraph=${this.showsGraph}
        @palette=${() => this.#over.show("palette")}
        @conflict=${() => this.#over.show("conflict")}
        @graph=${this.#toggleGraph}
        @refresh=${() => this.#over.show("refresh")}
        @help=${() => this.#over.show("help")}
        @drawer=${(event: CustomEvent<{ side: "left" | "right" }>) => this.#over.show(event.detail.side)}
        @go-cell=${this.#goCell}
      ></seg-header>
      </header>
      ${this.#wide.value ? html`<nav aria-label="Workbench">${this.#navigation()}</nav>` : nothing}
      ${this.#main(session)} ${this.#wide.value ? this.#knows(session) : this.#drawers(session)} ${this.#graph(session)}
      ${this.#over.view()}`;
  }

  get #session(): Session | null {
    const { route } = this.bench.place;
    const { session } = this.bench;
    return route.page === "notebook" && session?.path === route.path ? session : null;
  }

  #knows(session: Session | null) {
    if (session === null) return nothing;
    return html`<aside aria-label="What this notebook knows">
      <seg-knows .session=${session} @go-cell=${this.#goCell}></seg-knows>
    </aside>`;
  }

  #graph(session: Session | null) {
    if (session === null || !this.showsGraph) return nothing;
    return html`<section aria-label="Graph and run">
      <seg-graph-panel .session=${session} @go-cell=${this.#goCell} @close=${this.#toggleGraph}></seg-graph-panel>
    </section>`;
  }

  #drawers(session: Session | null) {
    const close = () => this.#over.show(null);
    return html`<seg-drawer heading="Workbench" side="left" .open=${this.#over.shown === "left"} @close=${close}>
        <nav aria-label="Workbench" @click=${close}>${this.#navigation()}</nav>
      </seg-drawer>
      <seg-drawer heading="This notebook" side="right" .open=${this.#over.shown === "right"} @close=${close}>
        <seg-knows .session=${session} @go-cell=${this.#goCell} @click=${closeOnLink(close)}></seg-knows>
      </seg-drawer>`;
  }

  #navigation() {
    return html`<seg-navigation .bench=${this.bench} @new-notebook=${() => this.#over.show("new-notebook")}></seg-navigation>`;
  }

  #main(session: Session | null) {
    return html`<main
      id="content"
      tabindex="-1"
      @go-cell=${this.#goCell}
      @run-cell=${this.#commands.runAsked}
      @cell-action=${this.#commands.actionAsked}
      @add=${this.#commands.addAsked}
      @place-cell=${this.#commands.placeAsked}
      @cell-kind=${this.#commands.kindAsked}
      @rename-cell=${this.#commands.renameAsked}
      @replace-text=${this.#commands.replaceAsked}
      @undo=${() => this.#commands.obey("undo")}
      @redo=${() => this.#commands.obey("redo")}
      @change-text=${this.#commands.changeAsked}
      @make-change=${this.#commands.makeAsked}
      @make-segment=${this.#commands.segmentAsked}
      @add-features=${(event: CustomEvent<{ cell: string }>) => this.#over.askFeatures(event.detail.cell)}
      @port-segment=${(event: CustomEvent<PortableAsked>) => this.#over.askPortable(event.detail)}
      @follow=${this.#commands.followAsked}
    >
      <seg-signed-out .bench=${this.bench}></seg-signed-out>
      ${content(this.bench, session, () => this.#over.show("new-notebook"))}
    </main>`;
  }

  readonly #toggleGraph = async (): Promise<void> => {
    this.showsGraph = !this.showsGraph;
    await this.updateComplete;
    if (this.showsGraph) this.renderRoot.querySelector("seg-graph-panel")?.focus();
    else if (this.#session?.at != null) void this.notebook?.show(this.#session.at);
    else this.renderRoot.querySelector("main")?.focus();
  };

  #skip(event: Event): void {
    event.preventDefault();
    this.renderRoot.querySelector("main")?.focus();
  }

  readonly #goCell = (event: CustomEvent<{ cell: string | null }>): void => {
    this.#over.close("right");
    if (event.detail.cell !== null) void this.notebook?.show(event.detail.cell, "start");
  };

  readonly #key = (event: KeyboardEvent): void => {
    const path = event.composedPath();
    if (!event.defaultPrevented && !isTyping(path)) this.#press(event, path, { typing: false });
  };

  /** While a text is written the page is asked first: an editor would use up most keys. */
  readonly #keyInText = (event: KeyboardEvent): void => {
    const path = event.composedPath();
    if (isTyping(path) && !event.isComposing) this.#press(event, path, { typing: true });
  };

  #press(event: KeyboardEvent, path: readonly EventTarget[], { typing }: { typing: boolean }): void {
    // What lies over the page keeps its keys.
    if (this.#over.shown !== null || path.some((target) => target instanceof HTMLDialogElement)) return;
    const command = this.#reader.read(event, { typing, uses: usedBy(path), time: event.timeStamp });
    if (command === null || (command !== "more" && !this.#commands.fits(command))) return;
    event.preventDefault();
    event.stopPropagation();
    if (command === "more") return;
    const prose = path.find((target) => target instanceof SegProse);
    if (command === "palette" || command === "help") this.#over.show(command);
    else if (command === "graph") void this.#toggleGraph();
    // In words there is nothing to run: they are read again.
    else if (command.startsWith("run-") && command !== "run-stale" && typing && prose) void prose.leave();
    else this.#commands.obey(command);
  }
}

function closeOnLink(close: () => void) {
  return (event: Event) => {
    if (event.composedPath().some((target) => target instanceof HTMLAnchorElement)) close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-workbench": SegWorkbench;
  }
}
