/** A longer list holds values and not columns; looking through it would take longer than copying what it may hold. */
const LONGEST_LIST = 10_000;

/** The buffers of the columns in a value, each once: what may be handed over instead of copied. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const look = (one: unknown): void => {
    if (one === null || typeof one !== "object") return;
    if (ArrayBuffer.isView(one)) {
      // Shared memory is there for both sides already.
      if (one.buffer instanceof ArrayBuffer) found.add(one.buffer);
    } else if (Array.isArray(one)) {
      if (one.length <= LONGEST_LIST) for (const item of one) look(item);
    } else if (one instanceof Map) {
      for (const item of one.values()) look(item);
    } else {
      for (const item of Object.values(one)) look(item);
    }
  };
  look(value);
  return [...found];
}
