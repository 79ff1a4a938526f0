import {
  duplicated,
  everyItem,
  grouped,
  inserted,
  itemAt,
  joined,
  negated,
  placeOf,
  stepped,
  switched,
  ungrouped,
  without,
} from "./edit-model.ts";
import type { ItemCommand } from "./item-keys.ts";
import { conditionOf, type Group } from "./model.ts";

/** The rule after a command, under what words it is taken back, and what gets the focus. */
export interface Obeyed {
  readonly label: string;
  readonly root: Group;
  readonly focus: { readonly id: string; readonly on: "grip" | "fields" };
}

/** Does a command to a part of a rule; null where it means nothing there. */
export function obeyed(root: Group, id: string, command: ItemCommand): Obeyed | null {
  const item = itemAt(root, id);
  const at = placeOf(root, id);
  if (item === null) return null;
  const all = everyItem(root).map((each) => each.id);
  const place = all.indexOf(id);
  const go = (to: string | undefined) =>
    to === undefined ? null : { label: "", root, focus: { id: to, on: "grip" as const } };
  const done = (label: string, next: Group, focus = id): Obeyed => ({
    label,
    root: next,
    focus: { id: focus, on: "grip" },
  });
  const what = item.kind === "group" ? "group" : "condition";
  switch (command) {
    case "next":
      return go(all[place + 1]);
    case "previous":
      return go(all[place - 1]);
    case "out":
      return go(at?.parent.id);
    case "in":
      return item.kind === "group" ? go(item.items[0]?.id) : null;
    case "fields":
      return { label: "", root, focus: { id, on: "fields" } };
    case "up":
      return done(`Moved a ${what} up`, stepped(root, id, -1));
    case "down":
      return done(`Moved a ${what} down`, stepped(root, id, 1));
    case "negate":
      return done(`Negated a ${what}`, negated(root, id));
    case "ungroup":
      return item.kind === "group" ? done("Dissolved a group", ungrouped(root, id), item.items[0]?.id ?? id) : null;
    case "group":
      return at === null ? null : done(`Put a ${what} into a group`, grouped(root, id));
    case "switch": {
      const group = item.kind === "group" ? id : at?.parent.id;
      return group === undefined ? null : done("Switched between AND and OR", switched(root, group));
    }
    case "remove": {
      if (at === null) return null;
      const next = without(root, id);
      const left = everyItem(next).map((each) => each.id);
      return done(
        `Removed a ${what}`,
        next,
        all.slice(place).find((each) => left.includes(each)) ?? left.at(-1) ?? next.id,
      );
    }
    case "duplicate": {
      const copy = duplicated(root, id);
      return copy === null ? null : done(`Duplicated a ${what}`, copy.root, copy.added);
    }
    case "and":
    case "or": {
      const { root: next, added } = joined(root, id, command);
      return { label: "Added a condition", root: next, focus: { id: added, on: "fields" } };
    }
    case "add": {
      const added = conditionOf(null);
      const into = item.kind === "group" ? item : at?.parent;
      if (into === undefined) return null;
      const index = item.kind === "group" ? item.items.length : (at?.index ?? 0) + 1;
      const next = inserted(root, { into: into.id, index }, added);
      return { label: "Added a condition", root: next, focus: { id: added.id, on: "fields" } };
    }
    case "mute":
      return null;
  }
}
