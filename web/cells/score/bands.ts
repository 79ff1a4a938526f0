import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatCount, formatNumber, formatPercent } from "../../../server/figures/format.ts";
import type { NaturalBreaks } from "../../../server/figures/natural-breaks.ts";
import {
  type Band,
  type BandSize,
  bandAdded,
  bandSizes,
  bandsFrom,
  type ScoreCount,
  type WrittenBand,
} from "../../../server/figures/score-bands.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import "../../parts/thresholds.ts";
import type { MovedBorder } from "../../parts/thresholds.ts";
import { askable, base } from "../../theme/base.ts";
import { field } from "../../theme/field.ts";
import { bandsStyle } from "./bands-style.ts";
import "./natural-breaks.ts";
import { asWritten, type EditedBand, suggested } from "./bands-text.ts";

/**
 * The bands of a score: a histogram with a handle at each border, and under it each band's name, border and size, which
 * follow the handle. Events: `bands` with the bands as they are to be and what was done, `ask` with a band's name.
 */
@customElement("seg-score-bands")
export class SegScoreBands extends LitElement {
  static override styles = [base, askable, field, bandsStyle];

  @property({ attribute: false }) counts: readonly ScoreCount[] = [];
  @property({ attribute: false }) bands: readonly WrittenBand[] = [];
  @property() label = "Scores";
  /** Whom the head excludes, in words; empty where it excludes nobody. */
  @property() excludes = "";
  @property({ type: Boolean, attribute: "read-only" }) readOnly = false;
  /** Where a band leads; null for nowhere. */
  @property({ attribute: false }) page: ((name: string) => string) | null = null;

  @state() private moved: MovedBorder | null = null;
  /** What was asked for, until the text says it. */
  @state() private asked: readonly EditedBand[] | null = null;
  @state() private suggests = false;
  @state() private fault = "";

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("bands")) this.asked = null;
  }

  override render() {
    const bands = this.#shown;
    const sizes = bandSizes(this.counts, bands);
    return html`<seg-thresholds
        .counts=${this.counts}
        .bands=${this.asked ?? this.bands}
        ?read-only=${this.readOnly}
        label=${this.label}
        @move=${(event: CustomEvent<MovedBorder | null>) => {
          event.stopPropagation();
          this.moved = event.detail;
        }}
        @set=${(event: CustomEvent<MovedBorder>) => {
          event.stopPropagation();
          this.#setBorder(event.detail);
        }}
      ></seg-thresholds>
      ${bands.length === 0 ? html`<p class="none">There are no bands yet.</p>` : this.#table(bands, sizes)}
      ${this.fault === "" ? nothing : html`<p class="fault" role="alert">${this.fault}</p>`}
      ${this.#below(sizes)} ${this.readOnly ? nothing : this.#more(bands)}`;
  }

  get #shown(): readonly Band[] {
    const bands = this.asked ?? this.bands;
    const { moved } = this;
    if (moved === null) return bands;
    return bands.map((band, place) =>
      place === moved.band && band.border !== moved.border
        ? { ...band, operator: ">=" as const, border: moved.border }
        : band,
    );
  }

  #table(bands: readonly Band[], sizes: readonly BandSize[]) {
    return html`<ul aria-label="Bands">
      ${bands.map((band, place) => this.#row(band, place, sizes[place]))}
    </ul>`;
  }

  #row(band: Band, place: number, size: BandSize | undefined) {
    const { people = 0, share = 0 } = size ?? {};
    const sign = band.operator === ">" ? ">" : "≥";
    return html`<li>
      ${
        this.readOnly
          ? html`<span class="name">${this.page === null ? band.name : html`<a href=${this.page(band.name)}>${band.name}</a>`}</span><span class="border">${sign} ${formatNumber(band.border)}</span>`
          : html`<input
                class="name"
                aria-label=${`Name of ${band.name}`}
                .value=${band.name}
                @change=${(event: Event) => this.#rename(place, event)}
              /><label class="border"
                ><span aria-hidden="true">${sign}</span
                ><input
                  inputmode="decimal"
                  aria-label=${`${band.name} from`}
                  .value=${String(band.border)}
                  @change=${(event: Event) => this.#type(place, event)}
              /></label>`
      }
      <span class="track" aria-hidden="true"
        >${people === 0 ? nothing : html`<i style="width:${share * 100}%;opacity:${1 - (0.6 * place) / Math.max(1, this.bands.length)}"></i>`}</span
      >
      <span class="number"
        ><button class="ask" @click=${() => emit(this, "ask", { name: band.name })}>
          ${formatCount(people)}<span class="spoken"> people in ${band.name}</span>
        </button></span
      >
      <span class="number share">${formatPercent(share, { digits: 1 })}</span>
      ${
        this.readOnly
          ? nothing
          : html`${this.page === null ? html`<span></span>` : html`<a class="about" href=${this.page(band.name)}>All about<span class="spoken"> ${band.name}</span></a>`}<seg-button kind="quiet" label=${`Delete ${band.name}`} @click=${() => this.#delete(place)}
              >Delete</seg-button
            >`
      }
    </li>`;
  }

  /** Those without a band, and why. */
  #below(sizes: readonly BandSize[]) {
    const none = this.bands.length === 0 ? undefined : sizes.find(({ name }) => name === null);
    const excluded = this.counts.reduce((sum, count) => sum + count.excluded, 0);
    if (none === undefined && this.excludes === "") return nothing;
    return html`<p class="none">
      ${none === undefined ? nothing : html`${formatCount(none.people)} people (${formatPercent(none.share, { digits: 1 })}) are below the lowest border and in no band.`}
      ${this.excludes === "" ? nothing : html`${formatCount(excluded)} people have a score and no band, by the head's exclude: ${this.excludes}.`}
    </p>`;
  }

  #more(bands: readonly Band[]) {
    return html`<div class="more">
        <seg-button kind="quiet" @click=${() => this.#add()}>Add a band</seg-button>
        <seg-button
          kind="quiet"
          .expanded=${this.suggests}
          @click=${() => {
            this.suggests = !this.suggests;
          }}
          >Suggest borders</seg-button
        >
      </div>
      ${
        this.suggests
          ? html`<seg-natural-breaks
              .counts=${this.counts}
              .classes=${bands.length}
              @take=${(event: CustomEvent<NaturalBreaks>) => this.#take(event.detail)}
            ></seg-natural-breaks>`
          : nothing
      }`;
  }

  #take({ from }: NaturalBreaks): void {
    this.suggests = false;
    this.#change(suggested(bandsFrom(from, this.bands), this.bands), `Natural breaks in ${from.length} bands`);
  }

  #setBorder({ band, border }: MovedBorder): void {
    this.moved = null;
    const written = asWritten(this.bands);
    const name = written[band]?.name ?? "";
    const bands = written.map((one, place) => (place === band ? { ...one, operator: ">=" as const, border } : one));
    this.#change(bands, `${name} from ${formatNumber(border)}`);
  }

  #type(place: number, event: Event): void {
    const input = event.target as HTMLInputElement;
    const border = Number(input.value.trim().replace(",", "."));
    const above = this.bands[place - 1]?.border ?? Number.POSITIVE_INFINITY;
    const below = this.bands[place + 1]?.border ?? Number.NEGATIVE_INFINITY;
    if (input.value.trim() !== "" && border > below && border < above) {
      const written = asWritten(this.bands);
      const bands = written.map((one, index) => (index === place ? { ...one, border } : one));
      this.#change(bands, `${written[place]?.name ?? ""} from ${formatNumber(border)}`);
      return;
    }
    const ends = [
      ...(Number.isFinite(below) ? [`above ${formatNumber(below)}`] : []),
      ...(Number.isFinite(above) ? [`below ${formatNumber(above)}`] : []),
    ];
    this.fault = `${this.bands[place]?.name ?? "A band"} needs ${["a number", ...(ends.length > 0 ? [ends.join(" and ")] : [])].join(" ")}.`;
    input.value = String(this.bands[place]?.border ?? "");
  }

  #rename(place: number, event: Event): void {
    const input = event.target as HTMLInputElement;
    const name = input.value.trim();
    const old = this.bands[place]?.name ?? "";
    if (name === old) return;
    if (name === "" || this.bands.some((band, index) => index !== place && band.name === name)) {
      this.fault = name === "" ? "A band needs a name." : `There is a band ${name} already.`;
      input.value = old;
      return;
    }
    const bands = asWritten(this.bands).map((band, index) => (index === place ? { ...band, name } : band));
    this.#change(bands, `Renamed the band ${old} to ${name}`);
  }

  #delete(place: number): void {
    const name = this.bands[place]?.name ?? "";
    this.#change(
      asWritten(this.bands).filter((_, index) => index !== place),
      `Deleted the band ${name}`,
    );
  }

  #add(): void {
    const added = bandAdded(this.counts, this.bands);
    if (added === null) {
      this.fault = "No band has two different scores to be parted at.";
      return;
    }
    const written = asWritten(this.bands);
    const bands = [...written.slice(0, added.place), { ...added.band, was: null }, ...written.slice(added.place)];
    this.#change(bands, `Added the band ${added.band.name}`);
  }

  #change(bands: readonly EditedBand[], label: string): void {
    this.fault = "";
    this.asked = bands;
    if (!emit(this, "bands", { bands, label })) this.asked = null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-score-bands": SegScoreBands;
  }
}
