import { formatCount } from "../figures/format.ts";
import type { Snapshot } from "../run/snapshot.ts";
import { inputValue } from "./cell.ts";
import { html, type Markup } from "./markup.ts";

/** Where the page's figures come from: what proves, by another run, that they are the same. */
export async function foot(snapshot: Snapshot): Promise<Markup> {
  const { view, versions } = snapshot;
  return html`<footer class="foot"><h2>Fingerprints</h2>
<p>As of <code>${view.asOf}</code>, by DuckDB ${versions.engine} and Segbook ${versions.segbook}. Whoever runs this notebook on files of these hashes, with these inputs and that moment, gets these results; a lock holds the same hashes of their rows.</p>
${inputs(snapshot)}${files(snapshot)}${await results(snapshot)}</footer>
`;
}

function inputs({ view }: Snapshot): Markup | null {
  if (view.inputs.length === 0) return null;
  const rows = view.inputs.map(
    (input) => html`<tr><th scope="row"><code>${input.id}</code></th><td>${inputValue(input)}</td></tr>`,
  );
  return html`<h3>Inputs</h3><table class="prints"><tbody>${rows}</tbody></table>\n`;
}

function files({ files: read }: Snapshot): Markup | null {
  if (read.length === 0) return null;
  const rows = read.map(
    ({ path, bytes, sha256 }) =>
      html`<tr><th scope="row"><code>${path}</code></th><td class="n">${formatCount(bytes)}</td><td><code>${sha256}</code></td></tr>\n`,
  );
  return html`<h3>Files below data/</h3><table class="prints"><thead><tr><th scope="col">path</th><th scope="col" class="n">bytes</th><th scope="col">SHA-256</th></tr></thead><tbody>${rows}</tbody></table>\n`;
}

async function results(snapshot: Snapshot): Promise<Markup | null> {
  const relations = snapshot.view.cells.flatMap((cell) => cell.relations.filter(({ rows }) => rows !== null));
  const lines: Markup[] = [];
  for (const { name, rows } of relations) {
    const print = await snapshot.print(name);
    if (print === null) continue;
    lines.push(
      html`<tr><th scope="row"><code>${name}</code></th><td class="n">${formatCount(rows ?? 0)}</td><td><code>${print.hash}</code></td><td><code>${print.key}</code></td></tr>\n`,
    );
  }
  if (lines.length === 0) return null;
  return html`<h3>Results</h3><table class="prints"><thead><tr><th scope="col">relation</th><th scope="col" class="n">rows</th><th scope="col">hash of its rows</th><th scope="col">key of its cell</th></tr></thead><tbody>${lines}</tbody></table>\n`;
}
