/** What an SVG of a chart may hold. Vega writes nothing else that is seen. */
const TAGS = new Set([
  ...["svg", "g", "path", "rect", "circle", "line", "text", "tspan", "defs", "clipPath"],
  ...["linearGradient", "radialGradient", "stop", "pattern"],
]);

const ATTRIBUTES = new Set([
  ...[
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "fx",
    "fy",
    "fr",
    "d",
    "dx",
    "dy",
  ],
  ...["transform", "fill", "stroke", "opacity", "fill-opacity", "stroke-opacity", "stroke-width", "stroke-dasharray"],
  ...["stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "fill-rule", "text-anchor"],
  ...["font-family", "font-size", "font-weight", "font-style", "font-variant", "dominant-baseline"],
  ...["id", "clip-path", "offset", "stop-color", "stop-opacity", "gradientUnits", "spreadMethod", "gradientTransform"],
  ...["display", "preserveAspectRatio"],
]);

/** Names by which parts of one picture speak of each other. */
const REFERENCE = /url\(\s*["']?#([\w-]+)["']?\s*\)/g;

/**
 * The same picture without scripts, links, styles and addresses, its parts' names made its own by a prefix; null where
 * the text is not written as Vega writes it, since nothing can then be said of it.
 */
export function cleanSvg(svg: string, prefix: string): string | null {
  let clean = "";
  let at = 0;
  let dropped = 0;
  // Text between tags is escaped by whoever wrote it: it holds neither a bracket nor an open ampersand.
  const piece = /<(\/?)([A-Za-z]+)((?:\s+[\w:.-]+="[^"<>]*")*)\s*(\/?)>|([^<>]+)/gy;
  while (at < svg.length) {
    piece.lastIndex = at;
    const found = piece.exec(svg);
    if (found === null) return null;
    at = piece.lastIndex;
    const [, closing = "", tag = "", attributes = "", alone = "", text] = found;
    if (text !== undefined) {
      if (dropped === 0) clean += text;
      continue;
    }
    // A link leaves what is in it.
    if (tag === "a") continue;
    if (!TAGS.has(tag)) {
      if (alone === "") dropped += closing === "" ? 1 : -1;
      continue;
    }
    if (dropped > 0) continue;
    clean += `<${closing}${tag}${closing === "" ? kept(attributes, prefix) : ""}${alone}>`;
  }
  return clean.startsWith("<svg") ? clean : null;
}

function kept(attributes: string, prefix: string): string {
  let text = "";
  for (const [, name = "", value = ""] of attributes.matchAll(/([\w:.-]+)="([^"]*)"/g)) {
    if (!ATTRIBUTES.has(name)) continue;
    const own = name === "id" ? `${prefix}-${value}` : value.replaceAll(REFERENCE, `url(#${prefix}-$1)`);
    if (/\burl\s*\(/i.test(own.replaceAll(REFERENCE, "")) || /[\\]|&(?!(?:amp|lt|gt|quot|#x9|#xA|#xD);)/.test(own))
      continue;
    text += ` ${name}="${own}"`;
  }
  return text;
}
