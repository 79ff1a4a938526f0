import { html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { segmentColumn } from "../../server/notebook/segment-column.ts";
import "../parts/button.ts";
import "../parts/menu.ts";
import "../parts/pill.ts";
import { formatDuration } from "../../server/figures/format.ts";
import { emit } from "../parts/emit.ts";
import { Ticker } from "../parts/ticker.ts";
import { countCells } from "../state/counts.ts";
import { exportPage } from "../state/export-page.ts";
import { elapsed, type RunProgress } from "../state/run-progress.ts";
import type { SaveStatus } from "../state/saving.ts";
import type { Session } from "../state/session.ts";
import { Watch } from "../state/watchable.ts";
import type { Workbench } from "../state/workbench.ts";
import { askable, base } from "../theme/base.ts";
import { headerStyle } from "./header-style.ts";
import { keyMap } from "./key-map.ts";
import { keysFor } from "./keys.ts";
import { type MoreChoice, moreItems } from "./more-menu.ts";
import { Wide } from "./wide.ts";

const SAVE_WORDS: Record<SaveStatus, string> = {
  saved: "Saved",
  unsaved: "Not saved yet",
  saving: "Saving …",
  conflict: "Changed by somebody else",
  failed: "Not saved",
};

const PAGE_NAMES = {
  compare: "Compare",
  segments: "Segments",
  segment: "Segment",
  person: "Person",
  monitor: "Monitor",
  series: "Monitor",
  data: "Data",
} as const;

/** The page's head: where one is, how the notebook stands, and the run. Events: `palette`, `graph`, `help`, `drawer` with the side, `conflict`. */
@customElement("seg-header")
export class SegHeader extends LitElement {
  static override styles = [base, askable, headerStyle];

  @property({ attribute: false }) bench: Workbench | null = null;
  /** Whether the graph is seen. */
  @property({ attribute: false }) showsGraph = false;
  readonly #wide = new Wide(this);

  constructor() {
    super();
    new Watch(this, () => [
      this.bench,
      this.bench?.place,
      this.bench?.theme,
      this.bench?.stream,
      this.#session,
      keyMap,
    ]);
    new Ticker(this, () => this.#session?.runner.running ?? false);
  }

  override render() {
    const bench = this.bench;
    if (bench === null) return nothing;
    const session = this.#session;
    return this.#wide.value ? this.#oneLine(bench, session) : this.#twoLines(bench, session);
  }

  #oneLine(bench: Workbench, session: Session | null) {
    return html`${this.#logo()} ${this.#crumb(session)}
      <span class="gap"></span>
      ${this.#connection(bench)} ${session === null ? nothing : this.#standing(session)}
      <seg-button kind="quiet" keys=${keysFor("palette")} @click=${() => emit(this, "palette", null)}>Find</seg-button>
      ${session === null ? nothing : this.#graph()} ${this.#more(bench, session)} ${session === null ? nothing : html`${this.#refresh(session)} ${this.#run(session)}`}`;
  }

  #refresh(session: Session) {
    if (session.cells.every(({ kind }) => segmentColumn(kind) === null)) return nothing;
    return html`<seg-button kind="quiet" title="Record who is in which segment" @click=${() => emit(this, "refresh", null)}>Refresh</seg-button>`;
  }

  #graph() {
    const toggle = () => emit(this, "graph", null);
    return html`<seg-button kind="quiet" .expanded=${this.showsGraph} @click=${toggle}>Graph</seg-button>`;
  }

  #twoLines(bench: Workbench, session: Session | null) {
    return html`<seg-button kind="quiet" @click=${() => emit(this, "drawer", { side: "left" })}>Menu</seg-button>
      ${this.#logo()}
      <span class="gap"></span>
      ${this.#connection(bench)} ${session === null ? nothing : this.#standing(session)}
      <seg-button kind="quiet" @click=${() => emit(this, "palette", null)}>Find</seg-button>
      <span class="break"></span>
      ${this.#crumb(session)}
      ${
        session === null
          ? nothing
          : html`${this.#run(session)}
              <seg-button class="second" kind="quiet" @click=${() => emit(this, "drawer", { side: "right" })}
                >Relations</seg-button
              >`
      }
      ${this.#more(bench, session)}`;
  }

  #logo() {
    return html`<a class="logo" href="/"><i aria-hidden="true"></i>Segbook</a>`;
  }

  #connection(bench: Workbench) {
    if (bench.stream.state !== "lost") return nothing;
    const { workspaceProblem: why } = bench;
    const words = why === null || why.code === "server-unreachable" ? "Connection lost; trying again" : why.message;
    return html`<seg-pill tone="failed" role="status">${words}</seg-pill>`;
  }

  #more(bench: Workbench, session: Session | null) {
    const items = moreItems({
      hasNotebook: session !== null,
      isWide: this.#wide.value,
      theme: bench.theme.chosen,
      helpKeys: keysFor("help"),
    });
    const pick = (event: CustomEvent<{ id: MoreChoice }>) => this.#picked(event.detail.id, bench, session);
    return html`<seg-menu class="second" label="More" .items=${items} @pick=${pick}></seg-menu>`;
  }

  #picked(choice: MoreChoice, bench: Workbench, session: Session | null): void {
    if (choice === "keys") emit(this, "help", null);
    else if (choice === "graph" || choice === "refresh") emit(this, choice, null);
    else if (choice !== "compare" && choice !== "export") bench.theme.choose(choice);
    else if (session === null) return;
    else if (choice === "export") void exportPage(session, bench.notices);
    else bench.place.go({ page: "compare", path: session.path, against: null });
  }

  /** Null until the notebook of the address has come: what is done here is not done to the one before it. */
  get #session(): Session | null {
    const { place, session } = this.bench ?? {};
    return place?.route.page === "notebook" && session?.path === place.route.path ? session : null;
  }

  #crumb(session: Session | null) {
    const page = this.bench?.place.route.page;
    const before = session !== null && this.#wide.value ? "notebooks / " : "";
    const name = page !== undefined && page in PAGE_NAMES ? PAGE_NAMES[page as keyof typeof PAGE_NAMES] : "";
    return html`<span class="crumb second">${before}<b>${session?.title ?? (name || this.bench?.workspace?.name) ?? ""}</b></span>`;
  }

  #standing(session: Session) {
    const counts = countCells(session.cells);
    const status = session.file.status;
    return html`${this.#saved(session, status)}
      ${counts.failed.length > 0 ? this.#jump(`${counts.failed.length} failed`, "failed", counts.failed[0]) : nothing}
      ${counts.stale.length > 0 ? this.#jump(`${counts.stale.length} stale`, "stale", counts.stale[0]) : nothing}`;
  }

  #saved(session: Session, status: SaveStatus) {
    if (session.file.readOnly) return html`<span class="save">Read only: a newer format</span>`;
    if (status === "conflict") {
      return html`<button class="ask" @click=${() => emit(this, "conflict", null)}>
        <seg-pill tone="failed">${SAVE_WORDS.conflict}</seg-pill>
      </button>`;
    }
    if (status === "failed") {
      const why = session.file.state.failure?.message ?? "";
      return html`<seg-pill tone="failed" role="alert">${SAVE_WORDS.failed}: ${why}</seg-pill>`;
    }
    return html`<span class="save">${SAVE_WORDS[status]}</span>`;
  }

  #jump(words: string, tone: "stale" | "failed", cell: string | undefined) {
    return html`<button class="ask" aria-label=${`${words}: go to the first`} @click=${() => emit(this, "go-cell", { cell })}>
      <seg-pill tone=${tone}>${words}</seg-pill>
    </button>`;
  }

  #run(session: Session) {
    const { progress, running } = session.runner;
    const { stale, failed, all } = countCells(session.cells);
    const todo = stale.length + failed.length;
    const words = todo > 0 && todo < all ? "Run stale" : "Run all";
    const act = () => void (running ? session.runner.cancel() : session.run(null));
    // One button for running and cancelling, so that who pressed it keeps the focus.
    return html`${running && progress !== null ? this.#howFar(progress) : nothing}
      <seg-button
        class="second"
        kind=${todo > 0 && !running ? "primary" : "plain"}
        keys=${this.#wide.value && !running ? keysFor("run-stale") : ""}
        ?disabled=${!running && (session.file.readOnly || all === 0)}
        @click=${act}
        >${running ? "Cancel" : words}</seg-button
      >`;
  }

  #howFar(progress: RunProgress) {
    const cells =
      progress.state === "asked"
        ? "Starting"
        : progress.cells === 0
          ? "Running"
          : `${progress.finished} of ${progress.cells} cells`;
    return html`<button class="ask second" title="Show the graph and the run's timeline" @click=${() => emit(this, "graph", null)}>
      <span class="how-far" role="status">${cells} · ${formatDuration(elapsed(progress, Date.now()))}</span>
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-header": SegHeader;
  }
}
