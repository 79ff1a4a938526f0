import type { EngineWord } from "../../server/engine/complete.ts";
import type {
  PortableRule,
  PortableText,
  ReadSegmentRequest,
  WriteSegmentRequest,
} from "../../server/run/portable/view.ts";
import type { PreviewRequest, PreviewView, ValuesRequest, ValuesView } from "../../server/run/preview/view.ts";
import type {
  ReplayLine,
  ReplayPeople,
  ReplayPeopleRequest,
  ReplayRequest,
  ReplayView,
} from "../../server/run/replay/view.ts";
import type { ExplainRequest, ExplainView, PlanRequest } from "../../server/run/view.ts";
import type { Answer } from "./answer.ts";
import { answerInLines } from "./answer-in-lines.ts";
import type { Api } from "./api.ts";

/** What is asked about one notebook by its text as it is now, saved or not. */
export class Questions {
  constructor(
    private readonly api: Api,
    private readonly request: () => PlanRequest,
  ) {}

  /** How a cell, or one of its rules or features, is computed. */
  explain(ask: Pick<ExplainRequest, "cell" | "rule">, signal: AbortSignal): Promise<Answer<ExplainView>> {
    return this.api.explain({ ...ask, ...this.request() }, signal);
  }

  /** Sizes of a rule that is being written. */
  preview(
    ask: Pick<PreviewRequest, "cell" | "rule" | "conditions" | "accuracy">,
    signal: AbortSignal,
  ): Promise<Answer<PreviewView>> {
    return this.api.preview({ ...ask, ...this.request() }, signal);
  }

  /** A segment over past weeks. */
  replay(
    ask: Pick<ReplayRequest, "cell" | "segment">,
    told: (share: number) => void,
    signal: AbortSignal,
  ): Promise<Answer<ReplayView>> {
    const progress = ({ share }: Extract<ReplayLine, { type: "progress" }>) => told(share);
    const done = ({ replay }: Extract<ReplayLine, { type: "done" }>) => replay;
    return answerInLines("/api/replay", { ...ask, ...this.request() }, { progress, done }, signal);
  }

  /** Who would have been in a segment, come or gone in a past week. */
  replayPeople(
    ask: Pick<ReplayPeopleRequest, "cell" | "segment" | "week" | "who" | "offset" | "limit">,
    signal: AbortSignal,
  ): Promise<Answer<ReplayPeople>> {
    return this.api.replayPeople({ ...ask, ...this.request() }, signal);
  }

  /** What a column holds that has been computed. */
  offered(
    ask: Pick<ValuesRequest, "relation" | "column" | "where" | "search">,
    signal: AbortSignal,
  ): Promise<Answer<ValuesView>> {
    return this.api.values({ ...ask, ...this.request() }, signal);
  }

  /** A segment's rule as another tool has it. */
  writeSegment(
    ask: Pick<WriteSegmentRequest, "cell" | "segment" | "format" | "map">,
    signal: AbortSignal,
  ): Promise<Answer<PortableText>> {
    return this.api.writeSegment({ ...ask, ...this.request() }, signal);
  }

  /** Somebody else's definition as a rule of a cell. */
  readSegment(
    ask: Pick<ReadSegmentRequest, "cell" | "format" | "source" | "map">,
    signal: AbortSignal,
  ): Promise<Answer<PortableRule>> {
    return this.api.readSegment({ ...ask, ...this.request() }, signal);
  }

  /** Words of the engine's that may follow a text of SQL; none where it does not say. */
  async engineWords(before: string, signal: AbortSignal): Promise<readonly EngineWord[]> {
    const answered = await this.api.complete(this.request().path, before, signal).catch(() => null);
    return answered?.ok ? answered.value.words : [];
  }
}
