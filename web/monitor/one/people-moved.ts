import { html } from "lit";
import type { Flow } from "../../../server/figures/flows.ts";
import { formatCount, formatPercent, MISSING } from "../../../server/figures/format.ts";
import { formatDay } from "../../../server/figures/format-time.ts";
import "../../parts/scroll-frame.ts";

/** Who came from where and went where in the newest period; in a table of the page that shows it. */
export function flowsTable(flows: readonly Flow[], page: (segment: string) => string) {
  return html`<seg-scroll-frame label="Table of flows">
    <table>
      <thead>
        <tr>
          <th scope="col">Way</th>
          <th scope="col">People</th>
          <th scope="col">Of</th>
          <th scope="col">Share</th>
          <th scope="col">Usually</th>
          <th scope="col">Period</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        ${flows.map(
          ({ way, other, period, moved, of, usual, flag }) => html`<tr>
            <th scope="row">
              ${way === "in" ? "← from" : "→ to"} ${other === "" ? "outside" : html`<a href=${page(other)}>${other}</a>`}
            </th>
            <td>${formatCount(moved)}</td>
            <td>${of === null ? MISSING : formatCount(of)}</td>
            <td>${of === null || of === 0 ? MISSING : formatPercent(moved / of)}</td>
            <td>${usual === null ? MISSING : formatPercent(usual)}</td>
            <td>${formatDay(period)}</td>
            <td>${flag ?? "as usual"}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </seg-scroll-frame>`;
}
