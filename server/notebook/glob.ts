/** A place in a pattern: what may be skipped without a character, and where a character leads. */
interface Place {
  /** How many places further on one may stand at once. */
  readonly free: number;
  /** How many places further on one stands after the character; null where it does not fit. */
  take(character: string): number | null;
}

/**
 * Tells which paths a glob names: `*` and `?` stay within a folder, `**` reaches through folders, `[a-f]` and `[!ab]`
 * choose a character. All places are followed at once, so that no pattern and no name takes long.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  const pieces = pattern.match(/\*\*\/|\*\*|\*|\[!?\]?[^\]/]*\]|./gsu) ?? [];
  const places = pieces.flatMap(placesOf);
  return (path) => {
    let reached = new Set<number>();
    reach(places, 0, reached);
    for (const character of path) {
      const next = new Set<number>();
      for (const at of reached) {
        const step = places[at]?.take(character) ?? null;
        if (step !== null) reach(places, at + step, next);
      }
      reached = next;
    }
    return reached.has(places.length);
  };
}

function reach(places: readonly Place[], from: number, reached: Set<number>): void {
  for (let at = from; !reached.has(at); ) {
    reached.add(at);
    at += places[at]?.free ?? 0;
  }
}

function placesOf(piece: string): Place[] {
  const stays = (character: string) => (character === "/" ? null : 0);
  if (piece === "**/") {
    // Any number of whole folders: between them, and within one.
    const between: Place = { free: 2, take: (character) => (character === "/" ? null : 1) };
    return [between, { free: 0, take: (character) => (character === "/" ? -1 : 0) }];
  }
  if (piece === "**") return [{ free: 1, take: () => 0 }];
  if (piece === "*") return [{ free: 1, take: stays }];
  if (piece === "?") return [{ free: 0, take: (character) => (character === "/" ? null : 1) }];
  const fits =
    piece.length > 2 && piece.startsWith("[") ? characterClass(piece) : (character: string) => character === piece;
  return [{ free: 0, take: (character) => (fits(character) ? 1 : null) }];
}

/** `[ab]`, `[a-f]`, `[!a]`; one that makes no sense, such as `[z-a]`, matches nothing. */
function characterClass(piece: string): (character: string) => boolean {
  const inner = piece
    .slice(1, -1)
    .replace(/^!/, "^")
    .replaceAll(/[\\\][]/g, "\\$&");
  try {
    const expression = new RegExp(`^[${inner}]$`, "u");
    return (character) => character !== "/" && expression.test(character);
  } catch {
    return () => false;
  }
}
