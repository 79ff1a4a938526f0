import { periodWords } from "../../monitor/period.ts";
import type { Fault } from "../kind.ts";
import type { KnownBy } from "./stays.ts";

/** By what each send is counted for its receiver's segments of then: from when on as recorded, and how before. */
export function membersNotes(known: readonly KnownBy[]): (Fault & { severity: "note" })[] {
  return known.flatMap(({ cell, history, before, why, notes }) => {
    const recorded = history === null ? "" : ` recorded from ${momentWords(history)} on`;
    if (before === "today") {
      const since = history === null ? "" : `: members are${recorded}, before`;
      return [
        {
          code: "members-of-today",
          severity: "note",
          message: `Each send counts for the segments of \`${cell}\` that its receiver is in today${since}. ${sentence(why)}`,
          hint: "People who changed segments carry their history along. A refresh records members: from then on sends count for those of their time.",
        },
      ];
    }
    if (before === "rule") {
      const since = history === null ? "" : ` Members are${recorded}.`;
      return [
        {
          code: "members-by-rule",
          severity: "note",
          message:
            `Each send counts for the segments of \`${cell}\` that its receiver would have been in at the beginning of its week, by the rules as they are now.${since} ${notes.join(" ")}`.trim(),
          hint: "A refresh records members: from then on sends count for those of their time.",
        },
      ];
    }
    return history === null
      ? []
      : [
          {
            code: "members-recorded",
            severity: "note",
            message: `Each send counts for the segments of \`${cell}\` that its receiver was in when it was sent:${recorded}.`,
            hint: "`members_by` in the counts says it of each cohort.",
          },
        ];
  });
}

/** A moment of the notebook's zone: `7 Oct`, `7 Oct, 09:30`. */
function momentWords(wall: string): string {
  const time = wall.slice(11, 16);
  return `${periodWords(wall, "day")}${time === "" || time === "00:00" ? "" : `, ${time}`}`;
}

function sentence(why: string | null): string {
  if (why === null || why === "") return "";
  return `By its rules of then it can't be told: ${why.replace(/\.$/, "")}.`;
}
