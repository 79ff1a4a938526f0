import type { SegmentRef } from "../../server/segments/profile/view.ts";

/** Segments in an address: `#by_spend.Rich&by_spend.Poor`, names as an address writes them. */
export function segmentRefsIn(hash: string): SegmentRef[] {
  return hash
    .replace(/^#/, "")
    .split("&")
    .flatMap((part) => {
      const dot = part.indexOf(".");
      const name = dot < 1 ? null : decoded(part.slice(dot + 1));
      return name === null || name === "" ? [] : [{ cell: part.slice(0, dot), name }];
    });
}

export function segmentRefsHash(segments: readonly SegmentRef[]): string {
  const parts = segments.map(({ cell, name }) => `${cell}.${encodeURIComponent(name)}`);
  return parts.length === 0 ? "" : `#${parts.join("&")}`;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
