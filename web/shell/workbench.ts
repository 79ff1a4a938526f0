import { html, LitElement, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import "../cells/features/picker.ts";
import "../graph/panel.ts";
import "../notebook/conflict.ts";
import { SegProse } from "../notebook/prose.ts";
import type { SegNotebook } from "../notebook/view.ts";
import "../parts/drawer.ts";
import "../parts/palette.ts";
import "../parts/toast.ts";
import "../segments/refresh.ts";
import "../segments/portable.ts";
import type { PortableAsked } from "../segments/portable.ts";
import type { Session } from "../state/session.ts";
import { Watch } from "../state/watchable.ts";
import { Workbench } from "../state/workbench.ts";
import { base } from "../theme/base.ts";
import { type Action, actionsOf } from "./actions.ts";
import { CellCommands } from "./cell-commands.ts";
import { content } from "./content.ts";
import { kindActions, placeWords } from "./edit-actions.ts";
import "./header.ts";
import "./help.ts";
import { keyMap } from "./key-map.ts";
import { isTyping, KeyReader, usedBy } from "./key-reader.ts";
import "./knows.ts";
import "./navigation.ts";
import "./new-notebook.ts";
import "./signed-out.ts";
import { Wide } from "./wide.ts";
import { workbenchStyle } from "./workbench-style.ts";

type Shown =
  | "palette"
  | "kinds"
  | "features"
  | "help"
  | "new-notebook"
  | "conflict"
  | "refresh"
  | "portable"
  | "left"
  | "right"
  | null;

/** The whole page: its head, its columns, what the address asks for, and what lies over it. */
@customElement("seg-workbench")
export class SegWorkbench extends LitElement {
  static override styles = [base, workbenchStyle];

  readonly bench = new Workbench();
  @state() private shown: Shown = null;
  @state() private showsGraph = false;
  @query("seg-notebook") private notebook!: SegNotebook | null;
  readonly #wide = new Wide(this);
  readonly #commands = new CellCommands(
    this.bench,
    () => this.notebook,
    (after) => this.#askKind(after),
  );
  readonly #reader = new KeyReader(() => keyMap);
  #ported: PortableAsked | null = null;
  #actions: Action[] = [];
  /** What the palette asks; empty where it finds anything. */
  #asked = "";
  /** The cell that ready features go to. */
  #featuresOf: string | null = null;
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
    document.title = titleOf(this.bench);
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
        @palette=${() => this.#show("palette")}
        @conflict=${() => this.#show("conflict")}
        @graph=${this.#toggleGraph}
        @refresh=${() => this.#show("refresh")}
        @help=${() => this.#show("help")}
        @drawer=${(event: CustomEvent<{ side: "left" | "right" }>) => this.#show(event.detail.side)}
        @go-cell=${this.#goCell}
      ></seg-header>
      </header>
      ${this.#wide.value ? html`<nav aria-label="Workbench">${this.#navigation()}</nav>` : nothing}
      ${this.#main(session)} ${this.#wide.value ? this.#knows(session) : this.#drawers(session)} ${this.#graph(session)}
      ${this.#over(session)}`;
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
    const close = () => this.#show(null);
    return html`<seg-drawer heading="Workbench" side="left" .open=${this.shown === "left"} @close=${close}>
        <nav aria-label="Workbench" @click=${close}>${this.#navigation()}</nav>
      </seg-drawer>
      <seg-drawer heading="This notebook" side="right" .open=${this.shown === "right"} @close=${close}>
        <seg-knows .session=${session} @go-cell=${this.#goCell} @click=${closeOnLink(close)}></seg-knows>
      </seg-drawer>`;
  }

  #navigation() {
    return html`<seg-navigation .bench=${this.bench} @new-notebook=${() => this.#show("new-notebook")}></seg-navigation>`;
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
      @add-features=${(event: CustomEvent<{ cell: string }>) => this.#askFeatures(event.detail.cell)}
      @port-segment=${(event: CustomEvent<PortableAsked>) => this.#askPortable(event.detail)}
      @follow=${this.#commands.followAsked}
    >
      <seg-signed-out .bench=${this.bench}></seg-signed-out>
      ${content(this.bench, session, () => this.#show("new-notebook"))}
    </main>`;
  }

  #over(session: Session | null) {
    const { notices } = this.bench;
    return html`<seg-palette
        .open=${this.shown === "palette" || this.shown === "kinds"}
        .items=${this.#actions}
        .asked=${this.shown === "kinds" ? this.#asked : ""}
        @pick=${this.#picked}
        @close=${() => {
          this.#closed("palette");
          this.#closed("kinds");
        }}
      ></seg-palette>
      <seg-feature-picker
        .session=${session}
        .cell=${this.shown === "features" ? this.#featuresOf : null}
        @change-text=${this.#commands.changeAsked}
        @close=${() => this.#closed("features")}
      ></seg-feature-picker>
      <seg-help .open=${this.shown === "help"} @close=${() => this.#closed("help")}></seg-help>
      <seg-new-notebook
        .bench=${this.bench}
        .open=${this.shown === "new-notebook"}
        @close=${() => this.#closed("new-notebook")}
      ></seg-new-notebook>
      <seg-refresh
        .session=${session}
        .api=${this.bench.api}
        .open=${this.shown === "refresh"}
        @close=${() => this.#closed("refresh")}
      ></seg-refresh>
      <seg-portable
        .session=${session}
        .asked=${this.shown === "portable" ? this.#ported : null}
        @make-change=${this.#commands.makeAsked}
        @close=${() => this.#closed("portable")}
      ></seg-portable>
      <seg-conflict
        .file=${session?.file ?? null}
        .open=${this.shown === "conflict"}
        @close=${() => this.#closed("conflict")}
      ></seg-conflict>
      <seg-toast
        .toasts=${notices.shown.map(({ id, text, tone, action }) => ({
          id,
          message: text,
          tone,
          ...(action === null ? {} : { action: action.label }),
        }))}
        @act=${(event: CustomEvent<{ id: string }>) => notices.act(event.detail.id)}
        @dismiss=${(event: CustomEvent<{ id: string }>) => notices.dismiss(event.detail.id)}
      ></seg-toast>`;
  }

  #show(shown: Shown): void {
    if (shown === "palette") void this.#gather();
    this.shown = shown;
  }

  /** What the palette finds. What other notebooks have comes after, where no page has asked for it yet. */
  async #gather(): Promise<void> {
    const { bench } = this;
    const gather = () => {
      this.#actions = actionsOf(bench, this.#session, this.#hands);
    };
    gather();
    const notebooks = bench.workspace?.notebooks ?? [];
    if (bench.overview.loading || bench.overview.holds(notebooks)) return;
    await bench.overview.load(notebooks);
    if (this.shown !== "palette") return;
    gather();
    this.requestUpdate();
  }

  /** The palette with the kinds of cells alone. */
  #askKind(after: string | null): void {
    const session = this.#session;
    if (session === null) return;
    this.#actions = kindActions(after, this.#hands);
    this.#asked = `Add a cell ${placeWords(after)}: of which kind?`;
    this.shown = "kinds";
  }

  #askFeatures(cell: string): void {
    this.#featuresOf = cell;
    this.#show("features");
  }

  #askPortable(asked: PortableAsked): void {
    this.#ported = asked;
    this.#show("portable");
  }

  #closed(which: Shown): void {
    if (this.shown === which) this.shown = null;
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

  #picked(event: CustomEvent<{ id: string }>): void {
    this.shown = null;
    this.#actions.find((action) => action.id === event.detail.id)?.act();
  }

  readonly #goCell = (event: CustomEvent<{ cell: string | null }>): void => {
    if (this.shown === "right") this.shown = null;
    if (event.detail.cell !== null) void this.notebook?.show(event.detail.cell, "start");
  };

  get #hands() {
    return {
      ...this.#commands.hands,
      addFeatures: (cell: string) => this.#askFeatures(cell),
      showHelp: () => this.#show("help"),
      showRefresh: () => this.#show("refresh"),
      port: (asked: PortableAsked) => this.#askPortable(asked),
      showGraph: () => void this.#toggleGraph(),
      newNotebook: () => this.#show("new-notebook"),
    };
  }

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
    if (this.shown !== null || path.some((target) => target instanceof HTMLDialogElement)) return;
    const command = this.#reader.read(event, { typing, uses: usedBy(path), time: event.timeStamp });
    if (command === null || (command !== "more" && !this.#commands.fits(command))) return;
    event.preventDefault();
    event.stopPropagation();
    if (command === "more") return;
    const prose = path.find((target) => target instanceof SegProse);
    if (command === "palette" || command === "help") this.#show(command);
    else if (command === "graph") void this.#toggleGraph();
    // In words there is nothing to run: they are read again.
    else if (command.startsWith("run-") && command !== "run-stale" && typing && prose) void prose.leave();
    else this.#commands.obey(command);
  }
}

function titleOf(bench: Workbench): string {
  const { route } = bench.place;
  if (route.page === "notebook" && bench.session?.path === route.path) return `${bench.session.title} · Segbook`;
  const names = {
    segments: "Segments · Segbook",
    segment: "Segment · Segbook",
    person: "Person · Segbook",
    monitor: "Monitor · Segbook",
    data: "Data · Segbook",
    compare: "Compare · Segbook",
  };
  return route.page in names ? names[route.page as keyof typeof names] : "Segbook";
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
