/** Reasons, each a sentence that begins small, as one: "`orders` changed; its text changed." */
export function togetherTold(reasons: readonly string[]): string {
  return reasons.map((reason, index) => (index < reasons.length - 1 ? reason.replace(/\.$/, "") : reason)).join("; ");
}
