/** What a part tells of how far it is. */
export interface ShareTold {
  /** Of all that it does. */
  whole(share: number): void;
  /** Of one of the relations that it writes in the end. */
  writing(share: number): void;
  /** Both are of a part of the work from here on, which takes it from one share of the whole to another. */
  stage(from: number, to: number): void;
}

/** At most ten calls a second, none of which takes back what was told; the end is told by the outcome. */
export function shareTold(tell: (share: number) => void, now: () => number = () => performance.now()): ShareTold {
  let reached = 0;
  let own = { from: 0, to: 1 };
  const ofWhole = (share: number) => own.from + (own.to - own.from) * share;
  let before = Number.NEGATIVE_INFINITY;
  const say = (share: number) => {
    const at = now();
    if (at - before < 100) return;
    before = at;
    tell(share);
  };
  return {
    whole: (share) => {
      reached = Math.max(reached, ofWhole(share));
      say(reached);
    },
    // A part that only writes tells how far that is; after other work each relation begins where that ended.
    writing: (share) => say(Math.max(reached, ofWhole(share))),
    stage: (from, to) => {
      own = { from, to };
      reached = Math.max(reached, from);
      say(reached);
    },
  };
}
