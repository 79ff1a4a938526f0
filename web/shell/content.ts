import { html } from "lit";
import type { Problem } from "../../server/notebook/model.ts";
import "../data/page.ts";
import "../diff/page.ts";
import "../monitor/one/page.ts";
import "../monitor/page.ts";
import "../notebook/view.ts";
import "../parts/button.ts";
import "../parts/empty.ts";
import "../parts/problem.ts";
import "../parts/skeleton.ts";
import "../people/page.ts";
import "../segments/one/page.ts";
import "../segments/page.ts";
import type { Route } from "../state/route.ts";
import type { Session } from "../state/session.ts";
import type { Workbench } from "../state/workbench.ts";

/** What the present address shows: a notebook, a page over all of them, or why there is nothing. */
export function content(bench: Workbench, session: Session | null, newNotebook: () => void) {
  const { route } = bench.place;
  if (bench.workspaceProblem !== null && bench.workspace === null) return failed(bench.workspaceProblem);
  if (route.page === "segments") return html`<seg-segments-page .bench=${bench}></seg-segments-page>`;
  if (route.page === "monitor") return html`<seg-monitor-page .bench=${bench}></seg-monitor-page>`;
  if (route.page === "data") return html`<seg-data-page .bench=${bench}></seg-data-page>`;
  if (route.page === "nowhere") return nowhere(route.path);
  if (route.page === "compare") return comparison(bench, route);
  if (route.page === "segment") return segment(bench, route);
  if (route.page === "series") return series(bench, route);
  if (route.page === "person") return person(bench, route);
  if (session !== null) return html`<seg-notebook .session=${session}></seg-notebook>`;
  if (bench.openProblem !== null) return failed(bench.openProblem);
  if (route.page === "start" && bench.workspace !== null) return noNotebooks(newNotebook);
  return html`<div class="alone"><seg-skeleton rows="6"></seg-skeleton></div>`;
}

function comparison(bench: Workbench, { path, against }: Extract<Route, { page: "compare" }>) {
  if (bench.openProblem !== null) return failed(bench.openProblem);
  const session = bench.session?.path === path ? bench.session : null;
  return html`<seg-diff-page .bench=${bench} .session=${session} .against=${against}></seg-diff-page>`;
}

function segment(bench: Workbench, { path, segments }: Extract<Route, { page: "segment" }>) {
  if (bench.openProblem !== null) return failed(bench.openProblem);
  const session = bench.session?.path === path ? bench.session : null;
  return html`<seg-segment-page .bench=${bench} .session=${session} .segments=${segments}></seg-segment-page>`;
}

function series(bench: Workbench, { path, series }: Extract<Route, { page: "series" }>) {
  if (bench.openProblem !== null) return failed(bench.openProblem);
  const session = bench.session?.path === path ? bench.session : null;
  return html`<seg-series-page .bench=${bench} .session=${session} .series=${series}></seg-series-page>`;
}

function person(bench: Workbench, { path, person }: Extract<Route, { page: "person" }>) {
  if (bench.openProblem !== null) return failed(bench.openProblem);
  const session = bench.session?.path === path ? bench.session : null;
  return html`<seg-person-page .bench=${bench} .session=${session} .person=${person}></seg-person-page>`;
}

function failed(problem: Problem) {
  return html`<div class="alone">
    <h1 class="spoken">It could not be opened</h1>
    <seg-problem .problem=${problem}>
      <seg-button slot="action" @click=${() => location.reload()}>Try again</seg-button>
    </seg-problem>
  </div>`;
}

function nowhere(path: string) {
  return html`<div class="alone">
    <seg-empty heading="There is nothing here" text=${`${path} is no page of the workbench.`}>
      <a href="/">To the notebooks</a>
    </seg-empty>
  </div>`;
}

function noNotebooks(newNotebook: () => void) {
  return html`<div class="alone">
    <seg-empty
      heading="No notebook yet"
      text="A notebook reads the workspace's data, finds segments in it and watches them. It is one text file that goes into git."
    >
      <seg-button kind="primary" @click=${newNotebook}>New notebook</seg-button>
    </seg-empty>
  </div>`;
}
