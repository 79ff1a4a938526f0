/**
 * What a new source may read, the likeliest first: files that no pattern in use matches, then those that are read
 * already. Files of one folder and one ending are one thing, told by a pattern.
 */
export function filePatterns(paths: readonly string[], used: readonly string[]): string[] {
  const matchers = used.map(matcher);
  const isRead = (path: string) => matchers.some((one) => one.test(path));
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

/** A pattern of a source as a regular expression: stars stop at slashes, two stars do not, braces hold choices. */
function matcher(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/?|\*|\?|\{[^{}]*\}|[.+^$()|[\]\\{}]/g, (part) => {
    if (part.startsWith("**")) return part.endsWith("/") ? "(?:.*/)?" : ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.length > 1) return `(?:${part.slice(1, -1).split(",").map(escaped).join("|")})`;
    return `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
