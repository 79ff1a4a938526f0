import type { Group, Item } from "./model.ts";

/** A rule that was read anew with the ids of the one before it, where its parts stand in the same places. */
export function withIdsOf(next: Group, before: Group): Group {
  const visit = (item: Item, old: Item | undefined): Item => {
    if (old === undefined || old.kind !== item.kind) return item;
    if (item.kind === "condition" || old.kind === "condition") return { ...item, id: old.id };
    return { ...item, id: old.id, items: item.items.map((each, place) => visit(each, old.items[place])) };
  };
  const same = visit(next, before);
  return same.kind === "group" ? same : next;
}
