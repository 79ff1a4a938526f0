export type InputType = "date" | "timestamp" | "number" | "text" | "boolean" | "choice";
export type InputValue = string | number | boolean | null;

export interface InputRange {
  min: string | number | null;
  max: string | number | null;
  step: number | null;
}

/** A value that holds, or the reason why the text is none. */
export type ReadInput = { value: string | number; reason?: never } | { value?: never; reason: string };

/** What a field's text means for an input of this type and range. Nothing is rounded or moved into the range. */
export function readInput(type: InputType, text: string, range: InputRange): ReadInput {
  if (type === "text" || type === "choice") return { value: text };
  if (text.trim() === "") return { reason: type === "number" ? "Give a number." : "Give a whole date." };
  if (type !== "number") return readTime(text, range);
  const value = Number(text);
  if (!Number.isFinite(value)) return { reason: "This is not a number." };
  if (typeof range.min === "number" && value < range.min) return { reason: `At least ${range.min}.` };
  if (typeof range.max === "number" && value > range.max) return { reason: `At most ${range.max}.` };
  if (range.step !== null && !onStep(value, range.step, range.min)) return { reason: `In steps of ${range.step}.` };
  return { value };
}

/** Dates and times in ISO 8601 sort as text. */
function readTime(text: string, range: InputRange): ReadInput {
  if (typeof range.min === "string" && text < range.min) return { reason: `Not before ${range.min}.` };
  if (typeof range.max === "string" && text > range.max) return { reason: `Not after ${range.max}.` };
  return { value: text };
}

function onStep(value: number, step: number, min: string | number | null): boolean {
  const steps = (value - (typeof min === "number" ? min : 0)) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-9 * Math.max(1, Math.abs(steps));
}
