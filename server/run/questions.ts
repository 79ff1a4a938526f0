import { createHash } from "node:crypto";
import type { StudyContext } from "../cells/kind.ts";
import type { Recorded } from "./recorded.ts";

type Place = { readonly line: number; readonly column: number } | null;

/** What a study asked of what is around its cell. Places count lines from the cell's fence. */
type Question =
  | { readonly ask: "relation"; readonly name: string; readonly place: Place }
  | { readonly ask: "stays"; readonly place: Place }
  | { readonly ask: "events"; readonly texts: readonly string[] }
  | { readonly ask: "segments" | "clock" | "clusters" }
  | { readonly ask: "input"; readonly id: string }
  | { readonly ask: "files"; readonly pattern: string };

/** A question with a digest of its answer. */
export type Answered = Question & { readonly answer: string };

export interface Traced {
  /** Asks as the one that was given does, and notes it. */
  readonly context: StudyContext;
  /** In the order in which they were asked; null where one had no answer, so that nothing can be built on them. */
  answered(): Answered[] | null;
}

/** Notes everything that a study learns from around its cell: the same questions with the same answers give the same study. */
export function traced(context: StudyContext, recorded: Recorded): Traced {
  const questions: { question: Question; answer: string | null }[] = [];
  const asked = (question: Question) => {
    const entry: (typeof questions)[number] = { question, answer: null };
    questions.push(entry);
    return <T>(answer: T): T => {
      entry.answer = isFault(answer) ? null : digest(answer);
      return answer;
    };
  };
  const ownLine = context.cell.line;
  return {
    context: {
      ...context,
      get clock() {
        return asked({ ask: "clock" })(context.clock);
      },
      relation: async (name, place) => {
        const note = asked({ ask: "relation", name, place: place && { ...place, line: place.line - ownLine } });
        return note(await context.relation(name, place));
      },
      stays: async (place) => {
        const note = asked({ ask: "stays", place: place && { ...place, line: place.line - ownLine } });
        return note(await context.stays(place));
      },
      events: async (texts) => {
        const note = asked({ ask: "events", texts });
        return note(await context.events(texts));
      },
      segments: async () => {
        const note = asked({ ask: "segments" });
        return note(await context.segments());
      },
      input: (id) => asked({ ask: "input", id })(context.input(id)),
      clusters: async () => {
        const note = asked({ ask: "clusters" });
        return note(await context.clusters());
      },
      files: async (pattern) => {
        const note = asked({ ask: "files", pattern });
        const found = await context.files(pattern);
        note(contents(pattern, recorded));
        return found;
      },
    },
    answered: () => {
      const all = questions.flatMap(({ question, answer }) => (answer === null ? [] : [{ ...question, answer }]));
      return all.length === questions.length ? all : null;
    },
  };
}

/** Asks the same again, and tells whether every answer is what it was; ends with the first that is not. */
export async function areAnsweredAlike(
  answered: readonly Answered[],
  context: StudyContext,
  recorded: Recorded,
): Promise<boolean> {
  for (const question of answered) {
    const answer = await answerTo(question, context, recorded);
    if (isFault(answer) || digest(answer) !== question.answer) return false;
  }
  return true;
}

async function answerTo(question: Question, context: StudyContext, recorded: Recorded): Promise<unknown> {
  const { line } = context.cell;
  const moved = (place: Place) => place && { ...place, line: place.line + line };
  switch (question.ask) {
    case "clock":
      return context.clock;
    case "segments":
      return context.segments();
    case "clusters":
      return context.clusters();
    case "input":
      return context.input(question.id);
    case "events":
      return context.events(question.texts);
    case "relation":
      return context.relation(question.name, moved(question.place));
    case "stays":
      return context.stays(moved(question.place));
    case "files":
      await context.files(question.pattern);
      return contents(question.pattern, recorded);
  }
}

/** Files that match, each with its bytes' hash. */
function contents(pattern: string, recorded: Recorded): unknown {
  return (recorded.files.get(pattern) ?? []).map(({ path }) => [path, recorded.hashes.get(path)]);
}

function isFault(answer: unknown): boolean {
  return answer !== null && typeof answer === "object" && "code" in answer;
}

function digest(answer: unknown): string {
  return createHash("sha1")
    .update(JSON.stringify(answer) ?? "")
    .digest("base64");
}
