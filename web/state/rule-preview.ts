import { MOST_CONDITIONS } from "../../server/language/most-conditions.ts";
import type { Problem } from "../../server/notebook/model.ts";
import type { PreviewView } from "../../server/run/preview/view.ts";
import { Debounce } from "./debounce.ts";
import type { Questions } from "./questions.ts";
import { problemOf } from "./results.ts";
import { Watchable } from "./watchable.ts";

/** What is asked about a rule: its conditions, and everything else that its sizes depend on. */
export interface Asking {
  readonly cell: string;
  readonly rule: string | null;
  /** Each once. */
  readonly conditions: readonly string[];
  /** Names what else the answer depends on; with another mark it is asked anew. */
  readonly mark: string;
}

/** An answer, and the conditions that it is about. */
export interface Answered {
  readonly asking: Asking;
  readonly view: PreviewView;
}

/** A pause in typing after which sizes are asked for, in milliseconds. */
const PAUSE = 120;

/**
 * Sizes of a rule that is being built. Where an answer may take long the first is a sample's; the newest question is
 * the only one that counts, and what an answer already holds is not asked again.
 */
export class RulePreview extends Watchable {
  #wanted: Asking | null = null;
  #answered: Answered | null = null;
  #problem: Problem | null = null;
  #waiting: AbortController | null = null;
  readonly #soon = new Debounce(PAUSE, () => void this.#ask());

  constructor(private readonly questions: Pick<Questions, "preview">) {
    super();
  }

  /** The newest answer, which may be to an earlier question. */
  get answered(): Answered | null {
    return this.#answered;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Whether an answer is on its way, or a better one. */
  get pending(): boolean {
    return this.#waiting !== null || this.#soon.isWaiting;
  }

  /** Says what is to be known; asks where it is not known yet. */
  want(asking: Asking): void {
    if (isSame(asking, this.#wanted)) return;
    this.#wanted = asking;
    if (asking.conditions.length > MOST_CONDITIONS) {
      this.stop();
      return;
    }
    const known = this.#answered;
    if (known !== null && known.view.sample === null && holds(known.asking, asking)) this.stop();
    else this.#soon.soon();
  }

  /** Asks again, as after a failure. */
  retry(): void {
    this.#soon.now();
  }

  stop(): void {
    this.#soon.stop();
    this.#waiting?.abort();
    this.#waiting = null;
    this.changed();
  }

  async #ask(): Promise<void> {
    const asking = this.#wanted;
    this.#waiting?.abort();
    if (asking === null) return;
    const waiting = new AbortController();
    this.#waiting = waiting;
    this.changed();
    for (const accuracy of ["quick", "exact"] as const) {
      const { cell, rule, conditions } = asking;
      const ask = { cell, rule, conditions: [...conditions], accuracy };
      const got = await this.questions.preview(ask, waiting.signal).catch((error: unknown) => error);
      if (this.#waiting !== waiting) return;
      const answer = isAnswer(got) ? got : { ok: false as const, problem: problemOf(got) };
      this.#problem = answer.ok ? null : answer.problem;
      if (answer.ok) this.#answered = { asking, view: answer.value };
      if (!answer.ok || answer.value.sample === null) break;
      this.changed();
    }
    this.#waiting = null;
    this.changed();
  }
}

type Got = Awaited<ReturnType<Questions["preview"]>>;

function isAnswer(got: unknown): got is Got {
  return typeof got === "object" && got !== null && "ok" in got;
}

function isSame(one: Asking, other: Asking | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether an answer to one question answers another. */
function holds(one: Asking, other: Asking): boolean {
  const isAlike = one.mark === other.mark && one.cell === other.cell && one.rule === other.rule;
  return isAlike && other.conditions.every((text) => one.conditions.includes(text));
}
