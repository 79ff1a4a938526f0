import type { Gap } from "./drag.ts";
import { everyItem, itemAt } from "./edit-model.ts";
import type { Group } from "./model.ts";

/** Every place of a drawn rule that an item may be dropped at: between all items but its own, and at each group's end. */
export function gapsOf(root: Group, id: string, drawn: ParentNode): Gap[] {
  const item = itemAt(root, id);
  const inside = new Set(item === null ? [] : everyItem(item).map((each) => each.id));
  const boxOf = (selector: string) => drawn.querySelector(selector)?.getBoundingClientRect();
  return everyItem(root).flatMap((group): Gap[] => {
    if (group.kind !== "group" || inside.has(group.id)) return [];
    const boxes = group.items.map((each) => boxOf(`[data-id="${each.id}"]`)).filter((box) => box !== undefined);
    const last = boxes.at(-1);
    if (last === undefined) {
      const own = boxOf(`[data-id="${group.id}"] > .items`);
      return own === undefined ? [] : [{ into: group.id, index: 0, x: own.left, y: own.top + 4 }];
    }
    return [
      ...boxes.map((box, index) => ({ into: group.id, index, x: box.left, y: box.top - 2 })),
      { into: group.id, index: group.items.length, x: last.left, y: last.bottom + 2 },
    ];
  });
}
