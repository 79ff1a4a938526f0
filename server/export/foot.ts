import { formatCount } from "../figures/format.ts";
import type { Snapshot } from "../run/snapshot.ts";
import { inputValue } from "./cell.ts";
import { html, type Markup } from "./markup.ts";

/** Where the page's figures come from: what proves, by another run, that they are the same. */
export async function foot(snapshot: Snapshot): Promise<Markup> {
  const { view, versions, files } = snapshot;
  const relations = view.cells.flatMap((cell) => cell.relations.filter(({ rows }) => rows !== null));
  const keyed = await Promise.all(
    relations.map(async (relation) => ({ ...relation, key: await snapshot.key(relation.name) })),
  );
  const inputs = view.inputs.map(
    (input) => html`<tr><th scope="row"><code>${input.id}</code></th><td>${inputValue(input)}</td></tr>`,
  );
  return html`<footer class="foot"><h2>Fingerprints</h2>
<p>Computed as of <code>${view.asOf}</code> by DuckDB ${versions.engine} and Segbook ${versions.segbook}. Whoever runs this notebook on files of these fingerprints, with these inputs and that moment, gets results of these keys.</p>
${inputs.length === 0 ? null : html`<h3>Inputs</h3><table class="prints"><tbody>${inputs}</tbody></table>`}
${
  files.length === 0
    ? null
    : html`<h3>Files</h3><table class="prints"><thead><tr><th scope="col">below data/</th><th scope="col" class="n">size</th><th scope="col">SHA-256</th></tr></thead><tbody>${files.map(
        ({ path, bytes, sha256 }) =>
          html`<tr><th scope="row"><code>${path}</code></th><td class="n">${formatCount(bytes)} B</td><td><code>${sha256}</code></td></tr>\n`,
      )}</tbody></table>`
}
${
  keyed.length === 0
    ? null
    : html`<h3>Results</h3><table class="prints"><thead><tr><th scope="col">relation</th><th scope="col" class="n">rows</th><th scope="col">key</th></tr></thead><tbody>${keyed.map(
        ({ name, rows, key }) =>
          html`<tr><th scope="row"><code>${name}</code></th><td class="n">${formatCount(rows ?? 0)}</td><td><code>${key}</code></td></tr>\n`,
      )}</tbody></table>`
}
</footer>
`;
}
