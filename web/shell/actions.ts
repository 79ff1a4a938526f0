import type { NotebookListing } from "../../server/run/view.ts";
import type { SegmentRef } from "../../server/segments/profile/view.ts";
import type { PaletteItem } from "../parts/palette.ts";
import type { PortableAsked } from "../segments/portable.ts";
import { type SegmentsHands, segmentEdits } from "../segments/segment-actions.ts";
import { segmentsOf, sizesIn } from "../segments/segments-of.ts";
import { exportPage } from "../state/export-page.ts";
import { notebookName } from "../state/notebook-name.ts";
import { type Against, routeHref } from "../state/route.ts";
import type { Session } from "../state/session.ts";
import type { Workbench } from "../state/workbench.ts";
import { addActions, editActions } from "./edit-actions.ts";
import { type Command, keysFor } from "./keys.ts";

/** Something that the palette finds, with what it does. */
export interface Action extends PaletteItem {
  readonly act: () => void;
}

/** What the page itself lends to actions. */
export interface Hands {
  readonly goToCell: (id: string) => void;
  readonly runCell: (id: string) => void;
  readonly addCell: (kind: string, after: string | null) => void;
  readonly addFeatures: (cell: string) => void;
  readonly obey: (command: Command) => void;
  readonly showHelp: () => void;
  readonly showGraph: () => void;
  readonly showRefresh: () => void;
  readonly port: (asked: PortableAsked) => void;
  readonly newNotebook: () => void;
  readonly segments: SegmentsHands;
}

/** Everything that can be done or gone to from here. */
export function actionsOf(bench: Workbench, session: Session | null, hands: Hands): Action[] {
  return [
    ...(session === null
      ? []
      : [
          ...runActions(session, hands),
          ...editActions(session, hands),
          ...segmentEdits(session, hands.segments).map((each) => ({ ...each, kind: "action" })),
          ...compareActions(bench, session),
          action("export", "Export… as a page that opens from disk", () => void exportPage(session, bench.notices)),
          ...cellActions(session, hands),
        ]),
    ...peopleActions(bench, session),
    ...placeActions(bench),
    ...decisionActions(bench),
    ...(session === null ? [] : addActions(session.at ?? session.notebook.cells.at(-1)?.id ?? null, hands)),
    ...themeActions(bench),
    action("new-notebook", "New notebook", hands.newNotebook),
    action("help", "Show and change the keys", hands.showHelp, keysFor("help")),
    ...(session === null ? [] : [...columnActions(session, hands), ...portableActions(session, hands)]),
    ...segmentActions(bench, session),
  ];
}

function runActions(session: Session, hands: Hands): Action[] {
  const { at } = session;
  const cancel = session.runner.running ? [action("cancel", "Cancel the run", () => void session.runner.cancel())] : [];
  const here = at === null ? [] : [action("run-here", `Run ${at}`, () => hands.runCell(at), keysFor("run-cell"))];
  return [
    ...cancel,
    action("run-stale", "Run everything that is stale", () => void session.run(null), keysFor("run-stale")),
    ...here,
    action(
      "recompute",
      "Compute everything anew, without the cache",
      () => void session.run(null, { recompute: true }),
    ),
    action("refresh", "Refresh: record who is in which segment …", hands.showRefresh),
    action("graph", "Show the graph of the cells and the run's timeline", hands.showGraph, keysFor("graph")),
    action("save", "Save now", () => void session.file.save(), keysFor("save")),
  ];
}

function compareActions(bench: Workbench, session: Session): Action[] {
  const compare = (against: Against | null) => bench.place.go({ page: "compare", path: session.path, against });
  const isUnsaved = session.file.text !== session.file.state.disk.text;
  return [
    action("compare", "Compare with an earlier version or another notebook …", () => compare(null)),
    ...(isUnsaved ? [action("compare-saved", "Compare with the saved file", () => compare({ saved: true }))] : []),
  ];
}

function cellActions(session: Session, hands: Hands): Action[] {
  return session.notebook.cells.map((cell) => ({
    id: `cell ${cell.id}`,
    label: cell.id,
    kind: "cell",
    hint: cell.kind,
    act: () => hands.goToCell(cell.id),
  }));
}

function placeActions(bench: Workbench): Action[] {
  const pages = (["segments", "monitor", "data"] as const).map((page) => ({
    id: `page ${page}`,
    label: { segments: "Segments", monitor: "Monitor", data: "Data" }[page],
    kind: "page",
    hint: routeHref({ page }),
    act: () => bench.place.go({ page }),
  }));
  const notebooks = (bench.workspace?.notebooks ?? []).map(({ path, title }) => ({
    id: `notebook ${path}`,
    label: title,
    kind: "notebook",
    hint: path,
    act: () => bench.place.go({ page: "notebook", path, cell: null }),
  }));
  return [...pages, ...notebooks];
}

function decisionActions({ place, alerts, decisions }: Workbench): Action[] {
  const { page } = place.route;
  const last = alerts.view?.undoable ?? null;
  if (last === null || (page !== "monitor" && page !== "series")) return [];
  return [action("take-back", `Take back: ${last.text}`, () => void decisions.takeBack(), keysFor("undo"))];
}

function themeActions(bench: Workbench): Action[] {
  return (["light", "dark", "system"] as const).map((theme) =>
    action(`theme ${theme}`, `Theme: ${theme === "system" ? "as the system" : theme}`, () => bench.theme.choose(theme)),
  );
}

function columnActions(session: Session, hands: Hands): Action[] {
  return session.cells.flatMap((cell) =>
    cell.relations.flatMap((relation) => [
      ...(relation.name === cell.id
        ? []
        : [
            {
              id: `relation ${relation.name}`,
              label: relation.name,
              kind: "relation",
              act: () => hands.goToCell(cell.id),
            },
          ]),
      ...relation.columns.map((column) => ({
        id: `column ${relation.name}.${column.name}`,
        label: column.name,
        kind: "column",
        hint: `${relation.name} · ${column.type.toLowerCase()}`,
        act: () => hands.goToCell(cell.id),
      })),
    ]),
  );
}

/** Every segment that is known leads to its page: those of the open notebook, then those of the others. */
function segmentActions(bench: Workbench, session: Session | null): Action[] {
  const entries = bench.overview.entries ?? [];
  const own = session === null ? [] : segmentsOf(session.cells, sizesIn(entries, session.path));
  const rest = entries.filter(({ listing }) => listing.path !== session?.path);
  const named = (listing: NotebookListing) => notebookName(listing, bench.workspace?.notebooks ?? []);
  const page = (path: string, { cell, name }: SegmentRef, hint: string): Action => ({
    ...{ id: `segment ${path} ${cell}.${name}`, label: name, kind: "segment", hint },
    act: () => bench.place.go({ page: "segment", path, segments: [{ cell, name }] }),
  });
  return [
    ...own.map((one) => page(session?.path ?? "", one, one.words ?? one.cell)),
    ...rest.flatMap(({ listing, plan, sizes }) =>
      segmentsOf(plan?.cells ?? [], sizes).map((one) => page(listing.path, one, `${one.cell} · ${named(listing)}`)),
    ),
  ];
}

/** Of the open notebook, or of the one that a segment, a person or a series at hand is of. */
function peopleActions(bench: Workbench, session: Session | null): Action[] {
  const { route } = bench.place;
  const path = session?.path ?? ("path" in route && route.page !== "nowhere" ? route.path : null);
  if (path === null) return [];
  return [
    action("compare-segments", "Compare segments …", () => bench.place.go({ page: "segment", path, segments: [] })),
    action("person", "Open a person …", () => bench.place.go({ page: "person", path, person: null })),
  ];
}

function portableActions(session: Session, { port }: Hands): Action[] {
  const cells = session.cells.filter((cell) => cell.kind === "segments");
  const out = cells.flatMap((cell) =>
    Object.keys(cell.words)
      .filter((name) => name !== "exclude")
      .map((name) =>
        action(`export ${cell.id}.${name}`, `Export the segment ${name} …`, () =>
          port({ cell: cell.id, segment: name }),
        ),
      ),
  );
  if (session.file.readOnly) return out;
  const into = cells.map((cell) =>
    action(`import ${cell.id}`, `Import a segment into ${cell.id} …`, () => port({ cell: cell.id, segment: null })),
  );
  return [...into, ...out];
}

function action(id: string, label: string, act: () => void, hint = ""): Action {
  return { id, label, kind: "action", hint, act };
}
