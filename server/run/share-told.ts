/** What a part tells of how far it is. */
export interface ShareTold {
  /** Of all that it does. */
  whole(share: number): void;
  /** Of one of the relations that it writes in the end. */
  writing(share: number): void;
}

/** At most ten calls a second, none of which takes back what was told; the end is told by the outcome. */
export function shareTold(tell: (share: number) => void, now: () => number = () => performance.now()): ShareTold {
  let reached = 0;
  let before = Number.NEGATIVE_INFINITY;
  const say = (share: number) => {
    const at = now();
    if (at - before < 100) return;
    before = at;
    tell(share);
  };
  return {
    whole: (share) => {
      reached = Math.max(reached, share);
      say(reached);
    },
    // A part that only writes tells how far that is; after other work each relation begins where that ended.
    writing: (share) => say(Math.max(reached, share)),
  };
}
