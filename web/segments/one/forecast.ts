import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount } from "../../../server/figures/format.ts";
import { formatDay, lastDayBefore } from "../../../server/figures/format-time.ts";
import type { ForecastView, SegmentForecast } from "../../../server/segments/membership/forecast-view.ts";
import type { SegmentRef } from "../../../server/segments/profile/view.ts";
import "../../parts/button.ts";
import "../../parts/problem.ts";
import "../../parts/scroll-frame.ts";
import { withCode } from "../../parts/with-code.ts";
import type { Api } from "../../state/api.ts";
import { Forecast } from "../../state/forecast.ts";
import { routeHref } from "../../state/route.ts";
import type { Session } from "../../state/session.ts";
import { Watch } from "../../state/watchable.ts";
import { base } from "../../theme/base.ts";
import { figuresTable } from "../../theme/figures-table.ts";

/** So many people are named. */
const LISTED = 12;

/** Who drops out of a segment, and who comes in, in the next week if nobody does anything. */
@customElement("seg-forecast")
export class SegForecast extends LitElement {
  static override styles = [
    base,
    figuresTable,
    css`
      .ask {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2) var(--gap-3);
        padding: var(--gap-3) 14px;
        color: var(--ink-2);
      }
      .ask p {
        margin: 0;
      }
      .people {
        margin: 0;
        padding: var(--gap-3) 14px;
        border-top: 1px solid var(--line);
        color: var(--ink-2);
      }
      .people a {
        color: inherit;
        text-decoration-color: var(--line-strong);
      }
    `,
  ];

  @property({ attribute: false }) api: Api | null = null;
  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) segment: SegmentRef | null = null;
  #forecast: Forecast | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.#forecast]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forecast?.cancel();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.#forecast === null && this.api !== null) this.#forecast = new Forecast(this.api);
    const before = changed.get("segment");
    const isOther = before != null && (before.cell !== this.segment?.cell || before.name !== this.segment?.name);
    if (isOther || changed.has("session")) this.#forecast?.forget();
  }

  override render() {
    const forecast = this.#forecast;
    if (forecast === null || this.segment === null) return nothing;
    const { view, problem, busy } = forecast;
    return html`${problem === null ? nothing : html`<seg-problem .problem=${problem}></seg-problem>`}
      <div class="ask">
        ${
          busy
            ? html`<p role="status">The notebook is run for each of the next seven days …</p>
                <seg-button kind="quiet" @click=${() => forecast.cancel()}>Cancel</seg-button>`
            : view === null
              ? html`<p>Time alone moves people: windows go on, and nothing else happens.</p>
                  <seg-button @click=${() => void this.#ask()}>Look seven days ahead</seg-button>`
              : html`<p>If nobody does anything from ${dayOf(view.asOf)} on.</p>
                  <seg-button kind="quiet" @click=${() => void this.#ask()}>Look again</seg-button>`
        }
      </div>
      ${view === null ? nothing : this.#found(view, this.segment)}`;
  }

  #found(view: ForecastView, { cell, name }: SegmentRef) {
    const untold = view.untold.find((one) => one.cell === cell);
    if (untold !== undefined) return html`<p class="people">${withCode(untold.why)}</p>`;
    const own = view.segments.find((one) => one.cell === cell && one.segment === name);
    if (own === undefined) return html`<p class="people">Nothing is known of it.</p>`;
    return html`<seg-scroll-frame label="Days ahead">
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Go</th>
              <th scope="col">Come</th>
              <th scope="col">Of today’s still in</th>
            </tr>
          </thead>
          <tbody>
            ${view.days.map(
              (day, index) => html`<tr>
                <th scope="row">${dayOf(day)}</th>
                <td>${formatCount(own.leaving[index] ?? 0)}</td>
                <td>${formatCount(own.entering[index] ?? 0)}</td>
                <td>${formatCount(leftIn(own, index))}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </seg-scroll-frame>
      ${this.#people(view)}`;
  }

  #people({ people, days }: ForecastView) {
    const { session } = this;
    if (people === null || people.rows.length === 0 || session === null) return nothing;
    const rest = people.total - people.rows.length;
    return html`<p class="people">
      Who goes first:
      ${people.rows.map(
        ({ person, day }, index) =>
          html`${index === 0 ? "" : ", "}<a href=${routeHref({ page: "person", path: session.path, person })}>${person}</a> (${dayOf(days[day - 1] ?? "")})`,
      )}${rest > 0 ? ` and ${formatCount(rest)} more` : ""}.
    </p>`;
  }

  async #ask(): Promise<void> {
    const { session, segment } = this;
    if (session === null || segment === null) return;
    await this.#forecast?.ask({ path: session.path, segment, which: "leaving", limit: LISTED, set: session.values });
  }
}

/** Those of today's people who have not gone by then. */
function leftIn({ size, leaving }: SegmentForecast, day: number): number {
  return size - leaving.slice(0, day + 1).reduce((sum, people) => sum + people, 0);
}

function dayOf(moment: string): string {
  return formatDay(lastDayBefore(moment));
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-forecast": SegForecast;
  }
}
