import { nearest } from "../../../notebook/nearest.ts";
import { SourceFault } from "../fault.ts";

const USUAL = [
  "utf-8",
  "latin-1",
  "iso-8859-1",
  "iso-8859-15",
  "windows-1250",
  "windows-1251",
  "windows-1252",
  "macintosh",
  "utf-16",
  "utf-16le",
  "utf-16be",
  "shift_jis",
  "euc-jp",
  "gb18030",
  "big5",
];

/** The label of an encoding as the decoder knows it; null where the bytes are UTF-8 already. Throws SourceFault. */
export function encodingLabel(written: string | null): string | null {
  if (written === null) return null;
  const label = written.trim().toLowerCase().replaceAll("_", "-");
  const known = ALIASES.get(label) ?? written;
  try {
    const { encoding } = new TextDecoder(known);
    return encoding === "utf-8" ? null : encoding;
  } catch {
    const near = nearest(written, USUAL).map((name) => `\`${name}\``);
    const hint = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `Usual ones: ${USUAL.join(", ")}.`;
    const message = `\`${written}\` is not an encoding that can be read.`;
    throw new SourceFault({ code: "csv-encoding", message, hint }, ["csv", "encoding"]);
  }
}

const ALIASES = new Map([
  ["latin-1", "iso-8859-1"],
  ["latin1", "iso-8859-1"],
  ["latin-9", "iso-8859-15"],
  ["cp1250", "windows-1250"],
  ["cp1251", "windows-1251"],
  ["cp1252", "windows-1252"],
  ["ansi", "windows-1252"],
]);

/** The encoding that a byte order mark names; null where there is none, or the mark is that of UTF-8. */
export function encodingOfMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}
