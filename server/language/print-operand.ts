import { shift } from "./decimal.ts";
import type { Duration, Moment, NumberValue, Operand } from "./tree.ts";

/** A value as it is written right of an operator. */
export function printOperand(value: Operand): string {
  switch (value.kind) {
    case "number":
      return printNumber(value);
    case "text":
      return `'${value.value.replaceAll("'", "''")}'`;
    case "boolean":
      return value.value ? "true" : "false";
    case "moment":
      return value.text;
    case "input":
      return `$${value.name}`;
  }
}

export function printMoment(moment: Moment): string {
  return printOperand(moment);
}

export function printDuration(duration: Duration): string {
  const one = duration.count.kind === "number" && duration.count.value === "1";
  return `${printOperand(duration.count)} ${duration.unit}${one ? "" : "s"}`;
}

function printNumber({ value, notation }: NumberValue): string {
  if (notation === "percent") return `${shift(value, 2)}%`;
  if (notation === "plain") return value;
  return value.startsWith("-") ? `-$${value.slice(1)}` : `$${value}`;
}
