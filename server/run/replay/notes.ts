import type { Chain } from "./chain.ts";

/** What a replay takes as it is today, in sentences. */
export function notesOf({ taken }: Chain): string[] {
  return taken.flatMap(({ relation, columns, segments, isPeople, kind }) => {
    if (segments !== null)
      return [
        `Who is in ${list(segments)} of \`${relation}\` is taken as it is today: a ${kind} cell can't be replayed.`,
      ];
    const who = isPeople ? [`Whoever is in \`${relation}\` today counts for every week.`] : [];
    if (columns === null || columns.length === 0) return who;
    const how = columns.length === 1 ? "is taken as it is today" : "are taken as they are today";
    return [...who, `${list(columns)} of \`${relation}\` ${how}.`];
  });
}

function list(names: readonly string[]): string {
  const all = names.map((name) => `\`${name}\``);
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}
