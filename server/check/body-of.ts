import type { StudiedCell } from "../run/studied.ts";

/** A cell's body as its kind reads it; null where it can't be read. */
export function bodyOf<Body>(studied: StudiedCell): Body | null {
  return (studied.reading?.body as Body | undefined) ?? null;
}
