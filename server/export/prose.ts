import MarkdownIt from "markdown-it";
import { html, Markup } from "./markup.ts";

/** No HTML of the writer's; what it makes itself is escaped. */
const reader = new MarkdownIt({ html: false, linkify: true, typographer: false, breaks: false });
// Only what is written as an address becomes a link: `orders.md` is a file's name, not a host's.
reader.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
// Which links may be followed is decided below; one that may not leaves its words.
reader.validateLink = () => true;

type Rule = NonNullable<(typeof reader.renderer.rules)[string]>;

const openLink: Rule = (tokens, index, options, _env, self) => {
  const token = tokens[index];
  if (token === undefined || !isFollowed(hrefOf(token))) return "";
  if (!hrefOf(token).startsWith("#")) token.attrSet("rel", "noopener noreferrer");
  return self.renderToken(tokens, index, options);
};

/** Links do not nest: the one that ends here is the last that began. */
const closeLink: Rule = (tokens, index, options, _env, self) => {
  const opening = tokens.slice(0, index).findLast((token) => token.type === "link_open");
  return opening !== undefined && isFollowed(hrefOf(opening)) ? self.renderToken(tokens, index, options) : "";
};

/** A picture that lies in the text itself is shown; one that would be fetched becomes its words. */
const picture: Rule = (tokens, index) => {
  const token = tokens[index];
  const source = String(token?.attrGet("src") ?? "");
  const words = token?.content ?? "";
  if (/^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=]+$/i.test(source))
    return html`<img src="${source}" alt="${words}">`.text;
  return html`[picture${words === "" ? "" : `: ${words}`}, not in this page]`.text;
};

/** Columns are ranged by a class: styles of the writer's are not let through. */
const cell: Rule = (tokens, index, options, _env, self) => {
  const token = tokens[index];
  const side = /^text-align:(left|center|right)$/.exec(String(token?.attrGet("style") ?? ""))?.[1];
  if (token !== undefined) token.attrs = side === undefined ? null : [["class", side]];
  return self.renderToken(tokens, index, options);
};

reader.renderer.rules.link_open = openLink;
reader.renderer.rules.link_close = closeLink;
reader.renderer.rules.image = picture;
reader.renderer.rules.th_open = cell;
reader.renderer.rules.td_open = cell;
reader.renderer.rules.table_open = () => `<div class="frame" tabindex="0" role="region" aria-label="Table"><table>`;
reader.renderer.rules.table_close = () => "</table></div>";

/** Prose between cells. Links lead to http, https, mailto and places of the page; nothing is loaded from elsewhere. */
export function prose(text: string): Markup {
  const rendered = reader.render(text);
  return rendered === "" ? new Markup("") : html`<div class="prose">${new Markup(rendered)}</div>`;
}

function hrefOf(token: Parameters<Rule>[0][number]): string {
  return String(token.attrGet("href") ?? "");
}

function isFollowed(href: string): boolean {
  return /^(?:https?:\/\/|mailto:|#)/i.test(href);
}
