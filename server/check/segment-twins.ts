import { finding } from "./finding.ts";
import type { Check } from "./subject.ts";

/** Two segments of one cell whose rules are the same. */
export const segmentTwins: Check = ({ spoken }) => {
  const first = new Map<string, string>();
  return spoken.flatMap(({ studied, name, tree, place }) => {
    if (studied.cell.kind !== "segments") return [];
    const mark = `${studied.cell.id} ${withoutPlaces(tree)}`;
    const before = first.get(mark);
    if (before === undefined) {
      first.set(mark, name);
      return [];
    }
    const message = `\`${name}\` has the same rule as \`${before}\`, so that it holds the same people.`;
    return [
      finding(studied, place(0), { code: "segment-twins", message, hint: "Change one of the two, or take it out." }),
    ];
  });
};

function withoutPlaces(tree: unknown): string {
  return JSON.stringify(tree, (key, value: unknown) => (key === "from" || key === "to" ? undefined : value));
}
