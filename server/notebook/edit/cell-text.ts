import { withLineEnd } from "../lines.ts";
import { closes } from "../split.ts";

export interface FenceStyle {
  readonly indent: string;
  readonly marker: string;
  readonly end: string;
}

/** A body with the file's line ends; a last line without an end gets one. */
export function bodyText(body: string, end: string): string {
  const text = withLineEnd(body, end);
  return text === "" || /[\r\n]$/.test(text) ? text : text + end;
}

/** A fence's marker, made longer where a line of the body would close it. */
export function markerFor(body: string, marker: string): string {
  const longest = body
    .split(/\r\n?|\n/)
    .filter((line) => closes(line, marker))
    .reduce((length, line) => Math.max(length, line.trim().length), 0);
  return longest === 0 ? marker : (marker[0] ?? "`").repeat(longest + 1);
}

/** The lines of a new cell, the last with its line end. */
export function cellText(info: string, body: string, style: FenceStyle): string {
  const text = bodyText(body, style.end);
  const marker = markerFor(text, style.marker);
  return `${style.indent}${marker}${info}${style.end}${text}${style.indent}${marker}${style.end}`;
}
