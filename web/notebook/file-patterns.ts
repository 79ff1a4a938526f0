import { globMatcher } from "../../server/notebook/glob.ts";

/**
 * What a new source may read, the likeliest first: files that no pattern in use matches, then those that are read
 * already. Files of one folder and one ending are one thing, told by a pattern.
 */
export function filePatterns(paths: readonly string[], used: readonly string[]): string[] {
  const matchers = used.map(globMatcher);
  const isRead = (path: string) => matchers.some((matches) => matches(path));
  const free = paths.filter((path) => !isRead(path));
  return [...new Set([...grouped(free), ...grouped(paths.filter(isRead))])];
}

function grouped(paths: readonly string[]): string[] {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const ending = /\.[^/]*$/.exec(path)?.[0] ?? "";
    // Beside one another in the data folder itself lie different things.
    const key = folder === "" ? path : `${folder}*${ending}`;
    groups.set(key, [...(groups.get(key) ?? []), path]);
  }
  return [...groups].map(([pattern, members]) => (members.length > 1 ? pattern : (members[0] ?? pattern)));
}
