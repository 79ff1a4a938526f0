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

export interface SegmentsHands {
  readonly make: (change: Change) => void;
  /** Opens a panel below a segment, or with an empty name begins a new one. */
  readonly open: (cell: string, entry: "rule" | "rename" | "add", segment: string) => void;
}

/** What can be done with the segments of the cell at hand, and with the part of a rule that is being built. */
export function segmentEdits(session: Session, hands: SegmentsHands): SegmentAction[] {
  if (session.file.readOnly) return [];
  return [...builderActions(), ...cellActions(session, hands)];
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

function cellActions(session: Session, { make, open }: SegmentsHands): SegmentAction[] {
  const cell = session.notebook.cells.find(({ id, kind }) => id === session.at && kind === "segments");
  const view = cell === undefined ? null : session.cell(cell.id);
  if (cell === undefined || view === null) return [];
  const names = (writtenRules(cell) ?? []).map(({ name }) => name);
  const action = (id: string, label: string, act: () => void): SegmentAction => ({ id, label, hint: cell.id, act });
  const add = action("segment add", "Add a segment", () => open(cell.id, "add", ""));
  const each = names.flatMap((segment, place) => {
    const at = { session, cell, view, segment, role: "segment" as const, names };
    return [
      action(`segment rule ${segment}`, `Edit the rule of ${segment}`, () => open(cell.id, "rule", segment)),
      action(`segment rename ${segment}`, `Rename the segment ${segment}`, () => open(cell.id, "rename", segment)),
      action(`segment copy ${segment}`, `Duplicate the segment ${segment}`, () => make(duplication(at))),
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
