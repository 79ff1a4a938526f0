import { conditionOf, type Group, groupOf, type Item, newId } from "./model.ts";

/** Where an item is: the group that holds it, and its place in there. */
export interface At {
  readonly parent: Group;
  readonly index: number;
}

/** The item of an id; null where there is none. */
export function itemAt(root: Group, id: string): Item | null {
  return everyItem(root).find((item) => item.id === id) ?? null;
}

/** Where an item is; null for the root. */
export function placeOf(root: Group, id: string): At | null {
  for (const item of everyItem(root)) {
    if (item.kind !== "group") continue;
    const index = item.items.findIndex((each) => each.id === id);
    if (index >= 0) return { parent: item, index };
  }
  return null;
}

/** The root and all below it, from top to bottom. */
export function everyItem(item: Item): Item[] {
  return item.kind === "group" ? [item, ...item.items.flatMap(everyItem)] : [item];
}

/** The same with one item changed. */
export function changed<T extends Item>(root: Group, id: string, change: (item: T) => Item): Group {
  const visit = (item: Item): Item => {
    if (item.id === id) return change(item as T);
    return item.kind === "group" ? { ...item, items: item.items.map(visit) } : item;
  };
  const edited = visit(root);
  return edited.kind === "group" ? edited : root;
}

/** The same without an item; a group that is left empty goes with it. */
export function without(root: Group, id: string): Group {
  const visit = (group: Group): Group => ({
    ...group,
    items: group.items.flatMap((item): Item[] => {
      if (item.id === id) return [];
      if (item.kind === "condition") return [item];
      const rest = visit(item);
      return rest.items.length === 0 && item.items.length > 0 ? [] : [rest];
    }),
  });
  return visit(root);
}

/** The same with an item put into a group, before what is there at the index. */
export function inserted(root: Group, { into, index }: { into: string; index: number }, item: Item): Group {
  return changed<Group>(root, into, (group) => ({ ...group, items: group.items.toSpliced(index, 0, item) }));
}

/** Moves an item into a group, before what is there at the index; nothing moves into itself. */
export function moved(root: Group, id: string, to: { into: string; index: number }): Group {
  const item = itemAt(root, id);
  const from = placeOf(root, id);
  if (item === null || from === null || everyItem(item).some((each) => each.id === to.into)) return root;
  if (from.parent.id === to.into && (to.index === from.index || to.index === from.index + 1)) return root;
  // What marks the new place keeps its group from being left empty meanwhile.
  const marker = conditionOf(null);
  return changed(without(inserted(root, to, marker), id), marker.id, () => item);
}

/** Moves an item one step up or down as it is seen: past a condition, into a group, or out of its own. */
export function stepped(root: Group, id: string, by: -1 | 1): Group {
  const at = placeOf(root, id);
  if (at === null) return root;
  const { parent, index } = at;
  const neighbour = parent.items[index + by];
  if (neighbour?.kind === "group")
    return moved(root, id, { into: neighbour.id, index: by === 1 ? 0 : neighbour.items.length });
  if (neighbour !== undefined) return moved(root, id, { into: parent.id, index: by === 1 ? index + 2 : index - 1 });
  const outer = placeOf(root, parent.id);
  if (outer === null) return root;
  return moved(root, id, { into: outer.parent.id, index: by === 1 ? outer.index + 1 : outer.index });
}

/** Puts an item into a group of its own, which joins by the other word. */
export function grouped(root: Group, id: string): Group {
  const at = placeOf(root, id);
  const how = at?.parent.how === "and" ? "or" : "and";
  return changed(root, id, (item) => groupOf(how, [item]));
}

/** Puts a group's parts in its place, where it is not negated and is not the root. */
export function ungrouped(root: Group, id: string): Group {
  const at = placeOf(root, id);
  const item = itemAt(root, id);
  if (at === null || item?.kind !== "group" || item.negations > 0) return root;
  return changed<Group>(root, at.parent.id, (parent) => ({
    ...parent,
    items: parent.items.toSpliced(at.index, 1, ...item.items),
  }));
}

export function negated(root: Group, id: string): Group {
  return changed(root, id, (item) => ({ ...item, negations: item.negations > 0 ? item.negations - 1 : 1 }));
}

/** Joins a group's parts by the other word. */
export function switched(root: Group, id: string): Group {
  return changed<Group>(root, id, (group) => ({ ...group, how: group.how === "and" ? "or" : "and" }));
}

/**
 * Adds a condition that is to be chosen: beside an item where its group joins by `how`, else together with the item in
 * a group of their own; at the end of a group that is asked itself and joins so.
 */
export function joined(root: Group, id: string, how: Group["how"]): { root: Group; added: string } {
  const added = conditionOf(null);
  const item = itemAt(root, id);
  const at = placeOf(root, id);
  const isHome =
    item?.kind === "group" && (item.how === how || item.items.length < 2) && (at === null || item.negations === 0);
  if (item?.kind === "group" && isHome) {
    const own = changed<Group>(root, id, (group) => ({ ...group, how, items: [...group.items, added] }));
    return { root: own, added: added.id };
  }
  if (at === null) return { root: groupOf(how, [root, added]), added: added.id };
  if (at.parent.how === how || at.parent.items.length < 2) {
    const beside = changed<Group>(root, at.parent.id, (group) => ({ ...group, how }));
    return { root: inserted(beside, { into: at.parent.id, index: at.index + 1 }, added), added: added.id };
  }
  return { root: changed(root, id, (each) => groupOf(how, [each, added])), added: added.id };
}

/** Adds a copy of an item below it. */
export function duplicated(root: Group, id: string): { root: Group; added: string } | null {
  const at = placeOf(root, id);
  const item = itemAt(root, id);
  if (at === null || item === null) return null;
  const copy = copied(item);
  return { root: inserted(root, { into: at.parent.id, index: at.index + 1 }, copy), added: copy.id };
}

function copied(item: Item): Item {
  return item.kind === "group" ? { ...item, id: newId(), items: item.items.map(copied) } : { ...item, id: newId() };
}
