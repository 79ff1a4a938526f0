import { html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Choice } from "../../../server/figures/cluster-choice.ts";
import { scaledColumns } from "../../../server/figures/cluster-scaling.ts";
import type { Heat } from "../../../server/figures/heatmap-rows.ts";
import { profileLines } from "../../../server/figures/profile-lines.ts";
import { field } from "../../../server/figures/segmentation.ts";
import type { SegButton } from "../../parts/button.ts";
import { oneOf } from "../../parts/one-of.ts";
import "../../parts/parallel.ts";
import type { AllRows } from "../../state/relation.ts";
import { CellOutput } from "../output.ts";
import "../people.ts";
import { notRun } from "../relation-table.ts";
import "./choice.ts";
import "./map.ts";
import type { OnDemand } from "./on-demand.ts";
import "./over-time.ts";
import "./scaling.ts";
import { clusterStyle } from "./style.ts";

/** What the run itself says of the number of clusters. */
const JUDGED: ReadonlySet<string> = new Set(["chosen-k", "judged-k", "no-clusters-stand-out"]);

const TABS = [
  ["number", "How many"],
  ["map", "Map"],
  ["lines", "Profiles side by side"],
  ["scaling", "Before and after scaling"],
  ["time", "Over time"],
  ["people", "People"],
] as const;
type Tab = (typeof TABS)[number][0];

/**
 * What else there is to see of clusters, one under each tab. Events: `take` with `{ k }`, and `transform` as of the columns'
 * scaling.
 */
@customElement("seg-cluster-more")
export class SegClusterMore extends CellOutput {
  static override styles = [...CellOutput.styles, clusterStyle];

  @property({ attribute: false }) heat: Heat | null = null;
  @property({ attribute: false }) choice: Choice | null = null;
  @property({ attribute: false }) scaling: AllRows | null = null;
  /** Asks for a relation that is computed only when it is asked for. */
  @property({ attribute: false }) wanting: (suffix: OnDemand, words: string) => unknown = () => nothing;
  @state() private tab: Tab = "number";
  /** The cluster whose people are listed; null for everybody's. */
  @state() private only: string | null = null;

  override render() {
    const { heat, view } = this;
    if (heat === null) return nothing;
    return html`<div class="tabs" role="group" aria-label=${`More about ${view?.id}`}>
        ${oneOf(TABS, this.tab, (tab) => {
          this.tab = tab;
        })}
      </div>
      ${this.#below(heat)}`;
  }

  async showPeople(of: string): Promise<void> {
    this.only = of;
    this.tab = "people";
    await this.updateComplete;
    this.renderRoot.querySelector("seg-people")?.scrollIntoView({ block: "nearest" });
  }

  /** What there is to do first under the tab that is shown; null until it is drawn. */
  get first(): HTMLElement | null {
    const shown = this.renderRoot.querySelector("seg-cluster-choice, seg-cluster-over-time");
    if (shown === null) return null;
    const tabs = [...this.renderRoot.querySelectorAll<SegButton>(".tabs seg-button")];
    return shown.shadowRoot?.querySelector("seg-button") ?? tabs.find((tab) => tab.pressed) ?? null;
  }

  #below(heat: Heat) {
    const { session, cell, view } = this;
    const id = view?.id ?? "";
    const names = Object.fromEntries(heat.rows.map((row) => [row.cluster ?? 0, row.name]));
    if (this.tab === "number") return html`<div class="pad">${this.#number(heat)}</div>`;
    if (this.tab === "map") {
      return html`<seg-cluster-map .session=${session} .cell=${cell} .view=${view} .names=${names}></seg-cluster-map>`;
    }
    if (this.tab === "lines") {
      const { lines, columns } = profileLines(heat);
      return html`<div class="pad">
        <seg-parallel
          .columns=${columns}
          .lines=${lines}
          label=${`Profiles of ${id} side by side`}
        ></seg-parallel>
      </div>`;
    }
    if (this.tab === "time") {
      return html`<seg-cluster-over-time class="pad" .session=${session} .cell=${cell} .view=${view}
        >${this.wanting("_drift", "Tell what became of each")}</seg-cluster-over-time
      >`;
    }
    if (this.tab === "scaling") return html`<div class="pad">${this.#scaled()}</div>`;
    return html`<seg-people
      .session=${session}
      .cell=${cell}
      .view=${view}
      .sizes=${heat.rows.map(({ name, size, share }) => ({ name, people: size, share, words: null }))}
      .only=${this.only}
      @only=${(event: CustomEvent<{ name: string | null }>) => {
        this.only = event.detail.name;
      }}
    ></seg-people>`;
  }

  #number(heat: Heat) {
    const { choice } = this;
    if (choice === null) {
      // A warning stands above everything in full, and is not said twice; a note may be cut short there.
      const judged = this.view?.problems.find(({ code }) => JUDGED.has(code));
      const told = judged?.message ?? "Nobody has looked yet whether the data has clusters at all.";
      return html`<p class="first">
        ${judged?.severity === "warning" ? nothing : `${told} `}Each number can be judged by how well its clusters part, how well half samples find them again, and beside columns in random order.
      </p>
      ${this.wanting("_choice", "Compare other numbers of clusters")}`;
    }
    return html`<seg-cluster-choice
      .choice=${choice}
      .k=${heat.rows.length}
      ?open=${typeof field(this.view?.body, "k") === "object"}
      ?read-only=${this.session?.file.readOnly ?? true}
      label=${`Numbers of clusters of ${this.view?.id}`}
    ></seg-cluster-choice>`;
  }

  #scaled() {
    const page = this.scaling?.value ?? null;
    if (page === null) return notRun(this, this.scaling);
    const body = this.view?.body;
    const scale = field(body, "scale");
    return html`<seg-cluster-scaling
      .columns=${scaledColumns(page)}
      .written=${Object.keys((field(body, "transform") as object | null | undefined) ?? {})}
      scale=${scale === "none" ? "" : `${String(scale)} scale`}
      label=${`Columns of ${this.view?.id} before and after scaling`}
      ?read-only=${this.session?.file.readOnly ?? true}
    ></seg-cluster-scaling>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-cluster-more": SegClusterMore;
  }
}
