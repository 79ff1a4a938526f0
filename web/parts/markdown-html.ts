import DOMPurify from "dompurify";
import MarkdownIt from "markdown-it";

const reader = new MarkdownIt({ html: false, linkify: true, typographer: false, breaks: false });
// Only what is written as an address becomes a link: `orders.md` is a file's name, not a host's.
reader.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });

/** Columns are ranged by an attribute: styles of the writer's are not let through. */
reader.core.ruler.push("range-columns", (state) => {
  for (const token of state.tokens) {
    const range = /^text-align:(left|center|right)$/.exec(String(token.attrGet("style") ?? ""))?.[1];
    if (range !== undefined) token.attrs = [["align", range]];
  }
});

/** Markdown as HTML that is safe to show: no HTML of the writer's, no script, no picture from elsewhere. */
export function markdownHtml(text: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(reader.render(text), {
    RETURN_DOM_FRAGMENT: true,
    FORBID_TAGS: ["style", "form", "input", "button", "iframe", "object", "embed", "video", "audio", "source"],
    FORBID_ATTR: ["style", "srcset", "id", "name"],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#|\.{0,2}\/|[^:]*$|data:image\/(?:png|jpeg|gif|webp);base64,)/i,
  });
  for (const picture of fragment.querySelectorAll("img")) replacePicture(picture);
  for (const link of fragment.querySelectorAll("a")) guardLink(link);
  for (const table of fragment.querySelectorAll("table")) frameTable(table);
  return fragment;
}

/** A picture that would be fetched becomes its words. */
function replacePicture(picture: HTMLImageElement): void {
  if (picture.getAttribute("src")?.startsWith("data:image/")) return;
  picture.replaceWith(`[picture${picture.alt ? `: ${picture.alt}` : ""}]`);
}

function guardLink(link: HTMLAnchorElement): void {
  const href = link.getAttribute("href") ?? "";
  if (/^(?:data:|[/\\]{2})/i.test(href)) link.removeAttribute("href");
  if (!/^https?:/i.test(href)) return;
  link.setAttribute("target", "_blank");
  link.setAttribute("rel", "noopener noreferrer");
}

/** A wide table scrolls inside its own frame, which the keyboard can reach. */
function frameTable(table: HTMLTableElement): void {
  const frame = document.createElement("div");
  frame.className = "frame";
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "Table");
  table.replaceWith(frame);
  frame.append(table);
}
