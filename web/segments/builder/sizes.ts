import type { LanguageProblem } from "../../../server/language/vocabulary.ts";
import { type Asking, RulePreview } from "../../state/rule-preview.ts";
import type { Session } from "../../state/session.ts";
import { type Condition, type Group, textOf } from "./model.ts";
import { type Tally, tallyOf } from "./tally.ts";

/** What the parts of a rule keep and drop, as far as the newest answer tells it. */
export class RuleSizes {
  readonly preview: RulePreview;
  #tally: Tally | null = null;

  constructor(session: Session) {
    this.preview = new RulePreview(session.questions);
  }

  /** Null while nothing was counted that fits the rule. */
  get tally(): Tally | null {
    return this.#tally;
  }

  /** Counts a rule by the answer that there is, and asks for a better one; a rule that can't be drawn has no sizes. */
  count(root: Group | null, { asking, muted }: { asking: Asking; muted: ReadonlySet<string> }): void {
    this.preview.want(asking);
    const { answered } = this.preview;
    this.#tally =
      answered === null || root === null
        ? null
        : tallyOf(root, { view: answered.view, texts: answered.asking.conditions, muted });
  }

  /** What the server says of a condition, as long as that is the one that was asked about. */
  problemOf({ leaf }: Condition): LanguageProblem | null {
    const { answered } = this.preview;
    if (leaf === null || answered === null) return null;
    const place = answered.asking.conditions.indexOf(textOf(leaf));
    return answered.view.conditions[place]?.problem ?? null;
  }
}
