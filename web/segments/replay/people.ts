import { html, nothing } from "lit";
import { formatCount } from "../../../server/figures/format.ts";
import { formatDay } from "../../../server/figures/format-time.ts";
import { lastDayOf } from "../../../server/figures/replay-words.ts";
import type { ReplayView } from "../../../server/run/replay/view.ts";
import "../../parts/button.ts";
import "../../parts/problem.ts";
import type { Replay } from "../../state/replay.ts";
import { routeHref } from "../../state/route.ts";

const LISTS = [
  { who: "entered", label: "Came", count: "entered" },
  { who: "left", label: "Left", count: "left" },
  { who: "in", label: "In it", count: "size" },
] as const;

/** Who came, who left, and who was in a chosen week: their keys, each leading to the person. */
export function weeksPeople(replay: Replay, { weeks }: ReplayView, path: string) {
  const { chosen, people, peopleProblem } = replay;
  const week = chosen === null ? undefined : weeks[chosen.week];
  if (chosen === null || week === undefined) return nothing;
  const more = people === null ? 0 : people.total - people.people.length;
  return html`<section class="people" aria-label=${`People of the week to ${formatDay(lastDayOf(week))}`}>
    <h4>Week to ${formatDay(lastDayOf(week))}</h4>
    <div class="lists" role="group" aria-label="Which people">
      ${LISTS.map(
        ({ who, label, count }) =>
          html`<seg-button .pressed=${chosen.who === who} @click=${() => replay.choose(chosen.week, who)}
            >${label} ${formatCount(week[count])}</seg-button
          >`,
      )}
    </div>
    ${peopleProblem === null ? nothing : html`<seg-problem .problem=${peopleProblem}></seg-problem>`}
    ${
      people === null
        ? nothing
        : html`<ul class="keys">
            ${people.people.map((key) => {
              const href = routeHref({ page: "person", path, person: String(key) });
              return html`<li><a href=${href}>${String(key)}</a></li>`;
            })}
          </ul>`
    }
    ${people?.total === 0 ? html`<p class="quiet">Nobody.</p>` : nothing}
    ${more > 0 ? html`<seg-button kind="quiet" @click=${() => replay.more()}>Show more of the ${formatCount(more)} others</seg-button>` : nothing}
  </section>`;
}
