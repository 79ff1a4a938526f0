/** The fields of one record as text, quotes taken away. `quote` is "" where nothing is quoted. */
export function splitFields(record: string, delimiter: string, quote: string): string[] {
  if (quote === "" || !record.includes(quote)) return record.split(delimiter);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let start = at;
    if (delimiter !== " ") while (record[start] === " ") start += 1;
    let text = "";
    if (record[start] === quote) {
      at = start + 1;
      for (;;) {
        const close = record.indexOf(quote, at);
        text += record.slice(at, close < 0 ? record.length : close);
        at = close < 0 ? record.length : close + 1;
        if (close < 0 || record[at] !== quote) break;
        text += quote;
        at += 1;
      }
      if (delimiter !== " ") while (record[at] === " ") at += 1;
    }
    const next = record.indexOf(delimiter, at);
    fields.push(text + record.slice(at, next < 0 ? record.length : next));
    if (next < 0) return fields;
    at = next + delimiter.length;
  }
}

/** One record of plain CSV: every field in double quotes. */
export function joinFields(fields: readonly string[]): string {
  return fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(",");
}

/** The fields of a line of fixed widths (in characters), without the blanks around them. */
export function sliceFields(line: string, widths: readonly number[]): string[] {
  const characters = /[\ud800-\udfff]/.test(line) ? [...line] : null;
  let at = 0;
  return widths.map((width) => {
    const part = characters === null ? line.slice(at, at + width) : characters.slice(at, at + width).join("");
    at += width;
    return part.trim();
  });
}
