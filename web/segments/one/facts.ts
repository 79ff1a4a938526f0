import { html, nothing } from "lit";
import { formatCount, formatPercent } from "../../../server/figures/format.ts";
import { own } from "../../../server/notebook/own.ts";
import { segmentColumn } from "../../../server/notebook/segment-column.ts";
import type { ProfileView, SegmentRef } from "../../../server/segments/profile/view.ts";
import { withCode } from "../../parts/with-code.ts";
import "../../parts/problem.ts";
import { routeHref } from "../../state/route.ts";
import type { Session } from "../../state/session.ts";
import "../guards/guards.ts";

/** What a segment is, in words, with its size, whether that is of today, and what is found of it. */
export function facts(session: Session, { cell, name }: SegmentRef, profile: ProfileView | null) {
  const view = session.cell(cell);
  const href = routeHref({ page: "notebook", path: session.path, cell });
  if (view === null || segmentColumn(view.kind) === null) {
    const problem = {
      severity: "error" as const,
      message: `This notebook has no cell \`${cell}\` with segments.`,
      hint: "It may have been renamed or deleted; the list of segments has those that there are.",
    };
    return html`<seg-problem .problem=${problem}></seg-problem>`;
  }
  const found = profile?.segments.find((each) => each.cell === cell && each.name === name);
  const words = own(view.words, name);
  const written = session.notebook.cells.find(({ id }) => id === cell) ?? null;
  return html`<dl>
      ${words === undefined ? nothing : html`<dt>Rule</dt><dd>${words}</dd>`}
      <dt>Size</dt>
      <dd>${found === undefined ? "…" : sizeWords(found.people, profile)}</dd>
      <dt>Defined in</dt>
      <dd><a href=${href}>${cell}</a>, a ${view.kind} cell</dd>
      <dt>Result</dt>
      <dd>${view.state === "fresh" ? "of the notebook as it stands" : html`not of today: ${withCode(view.reason ?? view.state)}`}</dd>
    </dl>
    <seg-guards .session=${session} .cell=${written} .segment=${name}></seg-guards>`;
}

/** `1,234 people, 12.3% of 10,000`. */
function sizeWords(people: number, profile: ProfileView | null): string {
  const count = people === 1 ? "one person" : `${formatCount(people)} people`;
  if (profile === null || profile.people === 0) return count;
  return `${count}, ${formatPercent(people / profile.people, { digits: 1 })} of ${formatCount(profile.people)}`;
}
