import type { Session } from "../state/session.ts";
import type { Change } from "../state/structure.ts";
import { atHand } from "./builder/at-hand.ts";
import { ITEM_KEYS } from "./builder/item-keys.ts";
import { deletion, duplication, movement } from "./segment-edits.ts";
import { writtenRules } from "./written-rules.ts";

/** Something that the palette offers about segments. */
export interface SegmentAction {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly act: () => void;
}

/** What the palette opens at a segment; `add` begins a new one. */
export type SegmentPanel = "rule" | "replay" | "explain" | "rename" | "add";

export interface SegmentsHands {
  readonly make: (change: Change) => void;
  /** Opens a panel below a segment, or with an empty name begins a new one. */
  readonly open: (cell: string, entry: SegmentPanel, segment: string) => void;
}

/** What can be done with the segments of the cell at hand, and with the part of a rule that is being built. */
export function segmentEdits(session: Session, hands: SegmentsHands): SegmentAction[] {
  const looks = [...asideActions(), ...lookActions(session, hands)];
  return session.file.readOnly ? looks : [...builderActions(), ...cellActions(session, hands), ...looks];
}

function builderActions(): SegmentAction[] {
  const { builder } = atHand;
  const context = builder?.context ?? null;
  if (builder === null || context === null) return [];
  const what = context.isRoot ? "the rule" : context.isGroup ? "the group" : "the condition";
  const wanted = [
    {
      command: "switch" as const,
      label: `Switch AND and OR of ${context.isGroup ? what : "the group around the condition"}`,
    },
    { command: "negate" as const, label: `Negate ${what}` },
    { command: "mute" as const, label: `Mute ${what}, or unmute it` },
    { command: "group" as const, label: `Put ${what} into a group` },
  ];
  return wanted
    .filter(({ command }) => !context.isRoot || command === "switch" || command === "negate")
    .map(({ command, label }) => ({
      id: `rule ${command}`,
      label: `${label} of ${context.name}`,
      hint: ITEM_KEYS.find((each) => each.command === command)?.keys ?? "",
      act: () => builder.obey(command),
    }));
}

/** What there is to see of the rule that is being built. */
function asideActions(): SegmentAction[] {
  const { builder } = atHand;
  const context = builder?.context ?? null;
  if (builder === null || context === null) return [];
  const explain = {
    ...{ id: "rule explain", label: `SQL and plan of ${context.name}`, hint: "as it is being built" },
    act: () => builder.show("explain"),
  };
  const replay = {
    ...{ id: "rule replay", label: `Replay the past 52 weeks of ${context.name}`, hint: "as it is being built" },
    act: () => builder.show("replay"),
  };
  return context.isReplayable ? [replay, explain] : [explain];
}

/** The same for every other segment of the cell at hand. */
function lookActions(session: Session, { open }: SegmentsHands): SegmentAction[] {
  const cell = cellAtHand(session);
  const built = atHand.builder?.context?.name ?? null;
  const names = (cell === null ? null : writtenRules(cell))?.map(({ name }) => name) ?? [];
  return names
    .filter((name) => cell !== null && name !== built)
    .flatMap((name) =>
      (["replay", "explain"] as const).map((panel) => ({
        id: `segment ${panel} ${name}`,
        label: panel === "replay" ? `Replay the past 52 weeks of ${name}` : `SQL and plan of ${name}`,
        hint: cell?.id ?? "",
        act: () => open(cell?.id ?? "", panel, name),
      })),
    );
}

function cellAtHand({ notebook, at }: Session) {
  return notebook.cells.find(({ id, kind }) => id === at && kind === "segments") ?? null;
}

function cellActions(session: Session, { make, open }: SegmentsHands): SegmentAction[] {
  const cell = cellAtHand(session);
  const view = cell === null ? null : session.cell(cell.id);
  if (cell === null || view === null) return [];
  const names = (writtenRules(cell) ?? []).map(({ name }) => name);
  const action = (id: string, label: string, act: () => void): SegmentAction => ({ id, label, hint: cell.id, act });
  const add = action("segment add", "Add a segment", () => open(cell.id, "add", ""));
  const each = names.flatMap((segment, place) => {
    const at = { session, cell, view, segment, role: "segment" as const, names };
    return [
      action(`segment rule ${segment}`, `Edit the rule of ${segment}`, () => open(cell.id, "rule", segment)),
      action(`segment rename ${segment}`, `Rename the segment ${segment}`, () => open(cell.id, "rename", segment)),
      action(`segment copy ${segment}`, `Duplicate the segment ${segment}`, () => {
        const change = duplication(at);
        make(change);
        open(cell.id, "rule", change.name);
      }),
      ...(place === 0
        ? []
        : [action(`segment up ${segment}`, `Move the segment ${segment} up`, () => make(movement(at, "up")))]),
      ...(place === names.length - 1
        ? []
        : [action(`segment down ${segment}`, `Move the segment ${segment} down`, () => make(movement(at, "down")))]),
      ...(names.length === 1
        ? []
        : [action(`segment delete ${segment}`, `Delete the segment ${segment}`, () => make(deletion(at)))]),
    ];
  });
  return [add, ...each];
}
