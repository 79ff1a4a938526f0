import { Task, TaskStatus } from "@lit/task";
import type { ReactiveControllerHost } from "lit";
import type { Problem } from "../../server/notebook/model.ts";
import type {
  PortableRule,
  PortableText,
  ReadSegmentRequest,
  WriteSegmentRequest,
} from "../../server/run/portable/view.ts";
import type { Answer } from "./answer.ts";
import { ProblemError, problemOf } from "./results.ts";
import type { Session } from "./session.ts";

type Writing = Pick<WriteSegmentRequest, "cell" | "segment" | "format" | "map">;
type Reading = Pick<ReadSegmentRequest, "cell" | "format" | "source" | "map">;

/** An answer about a segment's rule, asked anew whenever the question or the notebook's text changes; the newest question wins. */
class Answered<Ask, View> {
  readonly #task: Task<readonly [string], View | null>;

  constructor(
    host: ReactiveControllerHost,
    wanted: () => { readonly session: Session; readonly ask: Ask } | null,
    asked: (session: Session, ask: Ask, signal: AbortSignal) => Promise<Answer<View>>,
  ) {
    this.#task = new Task(host, {
      args: () => {
        const now = wanted();
        return [now === null ? "" : JSON.stringify([now.ask, now.session.file.text, now.session.values])] as const;
      },
      task: async (_, { signal }) => {
        const now = wanted();
        if (now === null) return null;
        const found = await asked(now.session, now.ask, signal);
        if (!found.ok) throw new ProblemError(found.problem);
        return found.value;
      },
    });
  }

  /** Null while there is none, or a newer one is on its way. */
  get value(): View | null {
    return this.#task.status === TaskStatus.COMPLETE ? (this.#task.value ?? null) : null;
  }

  get pending(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  get problem(): Problem | null {
    return this.#task.status === TaskStatus.ERROR ? problemOf(this.#task.error) : null;
  }
}

/** A segment's rule as another tool has it. */
export class WrittenSegment extends Answered<Writing, PortableText> {
  constructor(host: ReactiveControllerHost, wanted: () => { session: Session; ask: Writing } | null) {
    super(host, wanted, (session, ask, signal) => session.questions.writeSegment(ask, signal));
  }
}

/** Somebody else's definition as a rule. */
export class ReadDefinition extends Answered<Reading, PortableRule> {
  constructor(host: ReactiveControllerHost, wanted: () => { session: Session; ask: Reading } | null) {
    super(host, wanted, (session, ask, signal) => session.questions.readSegment(ask, signal));
  }
}
