import { settingWords } from "../figures/settings.ts";
import type { Block, Cell } from "../notebook/model.ts";
import { notebookTitle } from "../notebook/title.ts";
import type { Snapshot } from "../run/snapshot.ts";
import { cellSection, inputValue, secondCell } from "./cell.ts";
import { Painter } from "./chart/painter.ts";
import { foot } from "./foot.ts";
import { html, Markup } from "./markup.ts";
import { problemLine } from "./problem.ts";
import { prose } from "./prose.ts";
import { pageStyle } from "./style.ts";
import type { Theme } from "./theme.ts";

export interface Outfit {
  readonly theme: Theme;
  /** WOFF2 as base64. */
  readonly font: string;
}

/** Nothing runs, nothing is loaded; styles and pictures are the page's own. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** A notebook with the results that it has as one page: no script, nothing from elsewhere, readable from a disk. */
export async function exportPage(snapshot: Snapshot, outfit: Outfit, signal: AbortSignal): Promise<string> {
  const { notebook, view } = snapshot;
  const zone = notebook.head.timezone;
  const title = notebookTitle(notebook) ?? "Notebook";
  const painter = new Painter(zone);
  const shared = { snapshot, theme: outfit.theme, painter, signal, zone };
  const section = async (cell: Cell) => {
    const known =
      notebook.cells.find(({ id }) => id === cell.id) === cell
        ? view.cells.find(({ id }) => id === cell.id)
        : undefined;
    return known === undefined ? secondCell(cell) : cellSection(cell, { ...shared, view: known });
  };
  const sections: Markup[] = [];
  try {
    for (const block of notebook.blocks) {
      signal.throwIfAborted();
      sections.push(block.type === "cell" ? await section(block.cell) : text(block, title));
    }
  } finally {
    painter.close();
  }
  const style = new Markup(pageStyle(outfit.theme, outfit.font));
  return html`${new Markup("<!doctype html>")}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Segbook ${snapshot.versions.segbook}">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="settings">${settingWords(notebook.head, view)}</p>
${problems(snapshot)}${inputs(snapshot)}${sections}</main>
${await foot(snapshot)}</body>
</html>
`.text;
}

function text(block: Exclude<Block, { type: "cell" }>, title: string): Markup {
  if (block.type === "head") return html``;
  const words = block.text.replace(/\r\n?/g, "\n").trim();
  // A heading that repeats the page's own is not shown again.
  return prose(words.startsWith(`# ${title}\n`) || words === `# ${title}` ? words.slice(title.length + 2) : words);
}

function problems({ view }: Snapshot): Markup | null {
  if (view.problems.length === 0) return null;
  return html`<div class="file-problems">${view.problems.map((problem) => problemLine(problem))}</div>\n`;
}

function inputs({ view }: Snapshot): Markup | null {
  if (view.inputs.length === 0) return null;
  return html`<dl class="values">${view.inputs.map((input) => html`<div><dt>${input.label}</dt><dd>${inputValue(input)}</dd></div>`)}</dl>\n`;
}
