import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { formatCount } from "../../server/figures/format.ts";
import { field, populationOf, type SegmentSize, segmentSizes } from "../../server/figures/segmentation.ts";
import "../segments/segment-list.ts";
import { SEGMENTS_BELOW } from "../segments/segments-below.ts";
import { Summary } from "../state/relation.ts";
import type { KindOnPage } from "./kinds.ts";
import { CellOutput } from "./output.ts";
import { templates } from "./templates.ts";
import "./people.ts";
import { notRun } from "./relation-table.ts";

/** Named rules: how many are in each, what each rule says, and who they are. */
export const segments: KindOnPage = {
  purpose: "Named rules over customers",
  language: "yaml",
  foldedWhenFresh: false,
  rows: "memberships",
  manner: (body) => (field(body, "exclusive") === true ? "the first match wins" : ""),
  template: templates.segments,
  greys: "itself",
  output: ({ session, cell, view }) =>
    html`<seg-segments-output .session=${session} .cell=${cell} .view=${view}></seg-segments-output>`,
};

@customElement("seg-segments-output")
export class SegSegmentsOutput extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    css`
      .old {
        filter: grayscale(1);
      }
    `,
  ];

  @state() private only: string | null = null;
  readonly #summary = new Summary(this, () => this.reading());
  #sizes: readonly SegmentSize[] = [];
  #population: number | null = null;

  override willUpdate(): void {
    const { session, view } = this;
    const summary = this.#summary.value;
    if (summary === null || view === null || session?.plan == null || view.state !== "fresh") return;
    this.#population = populationOf(view, session.plan);
    this.#sizes = segmentSizes(view, summary, this.#population);
  }

  override render() {
    const { view, session, cell } = this;
    if (view === null || session === null || cell === null) return notRun(this, this.#summary);
    const { value } = this.#summary;
    const people = value === null ? notRun(this, this.#summary) : this.#people();
    return html`<div class="pad">
        <seg-segment-list
          .session=${session}
          .cell=${cell}
          .view=${view}
          .sizes=${this.#sizes}
          @ask=${(event: CustomEvent<{ name: string }>) => {
            this.only = event.detail.name;
          }}
        ></seg-segment-list>
      </div>
      <div class=${view.state === "fresh" ? "" : "old"}>
      ${this.#population === null ? nothing : html`<p class="read">${this.#reading(view.words)}</p>`}
      ${
        value === null
          ? nothing
          : SEGMENTS_BELOW.map((below) =>
              below({ session, cell, view, sizes: this.#sizes, population: this.#population }),
            )
      }
      ${people}
      </div>`;
  }

  /** Opens a panel below a segment, or begins a new one. */
  openSegment(entry: string, segment: string): void {
    const list = this.renderRoot.querySelector("seg-segment-list");
    if (entry === "add") list?.add();
    else list?.show(entry, segment);
  }

  #people() {
    return html`<seg-people
      .session=${this.session}
      .cell=${this.cell}
      .view=${this.view}
      .sizes=${this.#sizes}
      .only=${this.only}
      @only=${(event: CustomEvent<{ name: string | null }>) => {
        this.only = event.detail.name;
      }}
    ></seg-people>`;
  }

  #reading(words: Record<string, string>): string {
    const all = this.#population ?? 0;
    const memberships = this.#sizes.reduce((sum, size) => sum + size.people, 0);
    const without = words.exclude === undefined ? "" : ` Left out of all: ${words.exclude}.`;
    return `Shares are of ${formatCount(all)} people; they have ${formatCount(memberships)} memberships.${without}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-segments-output": SegSegmentsOutput;
  }
}
