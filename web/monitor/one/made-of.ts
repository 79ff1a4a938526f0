import { html, svg } from "lit";
import { formatCount, formatNumber, MISSING } from "../../../server/figures/format.ts";
import { formatDay } from "../../../server/figures/format-time.ts";
import type { MakeUp } from "../../../server/figures/make-up.ts";
import "../../parts/scroll-frame.ts";

const WIDTH = 150;
const HEIGHT = 30;

/** How far each feature is from its reference, beside what chance alone reaches; in a table of the page that shows it. */
export function makeUpTable(features: readonly MakeUp[]) {
  const number = (value: number | null | undefined) => (value == null ? MISSING : formatNumber(value, { digits: 3 }));
  return html`<seg-scroll-frame label="Table of make-up">
    <table>
      <thead>
        <tr>
          <th scope="col">Feature</th>
          <th scope="col">PSI</th>
          <th scope="col">Chance reaches</th>
          <th scope="col">State</th>
          <th scope="col">People</th>
          <th scope="col">At first</th>
          <th scope="col">Since</th>
        </tr>
      </thead>
      <tbody>
        ${features.map((each) => {
          const newest = each.periods.at(-1);
          return html`<tr>
            <th scope="row">${each.feature.replaceAll("_", " ")}</th>
            <td>${number(newest?.psi)}</td>
            <td>${number(newest?.threshold)}</td>
            <td>${each.flag ?? "within chance"}</td>
            <td>${each.people === null ? MISSING : formatCount(each.people)}</td>
            <td>${each.reference === null ? MISSING : formatCount(each.reference)}</td>
            <td>${course(each)} ${formatDay(each.periods[0]?.period ?? "", { style: "short" })}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </seg-scroll-frame>`;
}

/** The index over time above the band of what chance reaches. */
function course({ periods }: MakeUp) {
  const most = Math.max(0.01, ...periods.flatMap(({ psi, threshold }) => [psi ?? 0, threshold ?? 0])) * 1.1;
  const x = (index: number) => (periods.length < 2 ? WIDTH / 2 : (index / (periods.length - 1)) * WIDTH);
  const y = (value: number) => (HEIGHT - (value / most) * HEIGHT).toFixed(1);
  const path = (of: "psi" | "threshold") =>
    periods
      .map((period, index) => {
        const value = period[of];
        if (value === null) return "";
        return `${index === 0 || periods[index - 1]?.[of] === null ? "M" : "L"}${x(index).toFixed(1)} ${y(value)}`;
      })
      .join("");
  const edge = path("threshold");
  const band = edge === "" ? "" : `${edge}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`;
  return html`<svg class="course" viewBox="0 0 ${WIDTH} ${HEIGHT}" width=${WIDTH} height=${HEIGHT} aria-hidden="true">
    ${svg`<path class="chance" d=${band} /><path class="psi" d=${path("psi")} />`}
  </svg>`;
}
