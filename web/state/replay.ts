import type { Problem } from "../../server/notebook/model.ts";
import type { ReplayPeople, ReplayPeopleRequest, ReplayView } from "../../server/run/replay/view.ts";
import { problemOf } from "./results.ts";
import type { Session } from "./session.ts";
import { Watchable } from "./watchable.ts";

type Who = Pick<ReplayPeopleRequest, "week" | "who">;

/** A page of the list of people. */
export const PEOPLE = 50;

/** One segment's past weeks, and the people of a week that was chosen. */
export class Replay extends Watchable {
  #view: ReplayView | null = null;
  #problem: Problem | null = null;
  #share: number | null = null;
  #waiting: AbortController | null = null;
  #chosen: Who | null = null;
  #people: ReplayPeople | null = null;
  #peopleProblem: Problem | null = null;
  #finding: AbortController | null = null;
  /** The text that the replay is of. */
  #text = "";

  constructor(
    private readonly session: Pick<Session, "questions" | "notebook">,
    private readonly of: { readonly cell: string; readonly segment: string },
  ) {
    super();
  }

  get view(): ReplayView | null {
    return this.#view;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** How far it is; null where nothing goes on or nobody knows. */
  get share(): number | null {
    return this.#share;
  }

  get pending(): boolean {
    return this.#waiting !== null;
  }

  /** Whether the notebook has been written in since. */
  get isOld(): boolean {
    return this.#view !== null && this.#text !== this.session.notebook.text;
  }

  get chosen(): Who | null {
    return this.#chosen;
  }

  get people(): ReplayPeople | null {
    return this.#people;
  }

  get peopleProblem(): Problem | null {
    return this.#peopleProblem;
  }

  async start(): Promise<void> {
    this.stop();
    const controller = new AbortController();
    this.#waiting = controller;
    this.#problem = null;
    this.#share = null;
    this.#text = this.session.notebook.text;
    this.changed();
    const told = (share: number) => {
      this.#share = share;
      this.changed();
    };
    try {
      const answered = await this.session.questions.replay(this.of, told, controller.signal);
      if (answered.ok) this.#view = answered.value;
      else this.#problem = answered.problem;
    } catch (error) {
      if (controller.signal.aborted) return;
      this.#problem = problemOf(error);
    }
    this.#waiting = null;
    this.#chosen = null;
    this.#people = null;
    this.changed();
  }

  stop(): void {
    this.#waiting?.abort();
    this.#waiting = null;
    this.#share = null;
    this.changed();
  }

  /** Shows who was in, came or went in a week. */
  async choose(week: number, who: Who["who"]): Promise<void> {
    this.#chosen = { week, who };
    this.#people = null;
    await this.more();
  }

  /** The next page of the people. */
  async more(): Promise<void> {
    const chosen = this.#chosen;
    if (chosen === null) return;
    this.#finding?.abort();
    const controller = new AbortController();
    this.#finding = controller;
    this.#peopleProblem = null;
    this.changed();
    const known = this.#people?.people ?? [];
    const asked = { ...this.of, ...chosen, offset: known.length, limit: PEOPLE };
    try {
      const answered = await this.session.questions.replayPeople(asked, controller.signal);
      if (answered.ok) this.#people = { ...answered.value, people: [...known, ...answered.value.people] };
      else this.#peopleProblem = answered.problem;
    } catch (error) {
      if (controller.signal.aborted) return;
      this.#peopleProblem = problemOf(error);
    }
    this.changed();
  }
}
