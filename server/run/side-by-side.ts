export interface Work<T> {
  readonly of: T;
  /** Those that must be done before; where one is not in the list, the work is never begun. */
  readonly after: readonly T[];
}

/**
 * Does each piece of work once those before it are done, up to `slots` at once; of what is ready the first in the list
 * goes first. What ends in `again`, because of what went on beside it, is done once more with nothing beside it.
 */
export async function sideBySide<T>(
  list: readonly Work<T>[],
  slots: number,
  work: (of: T, isCrowded: () => boolean) => Promise<"done" | "again">,
): Promise<void> {
  const waiting = new Set(list);
  const going = new Map<T, Promise<void>>();
  const done = new Set<T>();
  const crowded = new Set<T>();
  const again: T[] = [];
  const start = (of: T) => {
    const ending = async () => {
      const how = await work(of, () => crowded.has(of));
      going.delete(of);
      crowded.delete(of);
      if (how === "again") again.push(of);
      else done.add(of);
    };
    going.set(of, ending());
    if (going.size > 1) for (const one of going.keys()) crowded.add(one);
  };
  try {
    for (;;) {
      const [alone] = again;
      if (alone === undefined) {
        for (const one of waiting) {
          if (going.size >= slots) break;
          if (!one.after.every((before) => done.has(before))) continue;
          waiting.delete(one);
          start(one.of);
        }
      } else if (going.size === 0) {
        again.shift();
        start(alone);
      }
      if (going.size === 0) return;
      await Promise.race(going.values());
    }
  } catch (error) {
    await Promise.allSettled(going.values());
    throw error;
  }
}
