/** HTML that may stand in a page as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What a template takes: text is escaped, markup stands as it is, null is nothing. */
export type Part = string | number | Markup | null | readonly Part[];

/** A piece of a page. Whatever is put into it is text, unless it is markup itself: nothing of a file becomes a tag. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0] ?? "";
  parts.forEach((part, place) => {
    text += written(part) + (strings[place + 1] ?? "");
  });
  return new Markup(text);
}

/** Text with every character that means something in HTML written out; control characters are shown as unreadable. */
export function escaped(text: string): string {
  return text.replace(
    /[&<>"']|\p{Cc}/gu,
    (character) => ENTITIES[character] ?? (mayStand(character) ? character : "\ufffd"),
  );
}

/** Of the control characters HTML takes the blanks, and those above ASCII. */
function mayStand(control: string): boolean {
  return "\t\n\r".includes(control) || control > "\u007f";
}

function written(part: Part): string {
  if (part === null) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number") return String(part);
  return part.map(written).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
