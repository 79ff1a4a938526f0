import type { Accepted } from "../../cells/accept.ts";
import { nearest } from "../../notebook/nearest.ts";
import { mainPart, type StudiedCell } from "../../run/studied.ts";
import { bodyOf } from "../body-of.ts";
import { type Finding, finding } from "../finding.ts";
import type { Subject } from "../subject.ts";
import { GUARDS, needsResults } from "./guards.ts";

/** The findings with why some are accepted, and the acceptances that fit none of them. */
export function withAccepted(findings: readonly Finding[], { plan }: Subject): Finding[] {
  const used = new Set<Accepted>();
  const judged = findings.map((one): Finding => {
    if (one.guard === null) return one;
    const studied = plan.cells.find(({ cell }) => cell.id === one.cell);
    const list = studied === undefined ? [] : acceptedIn(studied);
    const index = list.findIndex((accepted) => fits(accepted, one));
    const accepted = list[index];
    if (accepted === undefined) return one;
    used.add(accepted);
    return { ...one, accepted: { reason: accepted.reason, index } };
  });
  const idle = plan.cells.flatMap((studied) =>
    acceptedIn(studied).flatMap((accepted, index) =>
      used.has(accepted) || !isJudged(accepted, studied) ? [] : [idleFinding(accepted, index, studied)],
    ),
  );
  return [...judged, ...idle];
}

function acceptedIn(studied: StudiedCell): readonly Accepted[] {
  return bodyOf<{ readonly accept?: readonly Accepted[] }>(studied)?.accept ?? [];
}

function fits(accepted: Accepted, { code, guard }: Finding): boolean {
  return code === accepted.code && guard?.segment === accepted.segment && guard.about === accepted.about;
}

/** What is found in results is not known before there are some. */
function isJudged({ code }: Accepted, studied: StudiedCell): boolean {
  return !needsResults(code) || (mainPart(studied)?.stored ?? null) !== null;
}

function idleFinding({ code, segment, about }: Accepted, index: number, studied: StudiedCell): Finding {
  const place = studied.reading?.at(["accept", index]) ?? null;
  const of = [segment, about].filter((one) => one !== null).map((one) => `\`${one}\``);
  const isKnown = GUARDS.some((guard) => guard.code === code);
  const near = nearest(
    code,
    GUARDS.map((guard) => guard.code),
  );
  const message = isKnown
    ? `Nothing is found any more of what is accepted here: \`${code}\`${of.length === 0 ? "" : ` of ${of.join(" and ")}`}.`
    : `\`${code}\` is no finding that can be accepted.`;
  const hint = isKnown || near.length === 0 ? "Take the acceptance out." : `Did you mean \`${near[0]}\`?`;
  return finding(studied, place, { code: "accept-idle", message, hint });
}
