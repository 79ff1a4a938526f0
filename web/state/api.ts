import type {
  NotebookView,
  PlanRequest,
  PlanView,
  ResultPage,
  RunRequest,
  SummaryView,
  WorkspaceView,
} from "../../server/run/view.ts";
import { type Answer, answer } from "./answer.ts";
import type { InputValues } from "./inputs.ts";

/** Which relation of which notebook, with which values of its inputs. */
export interface RelationRequest {
  readonly path: string;
  readonly relation: string;
  readonly set: InputValues;
}

export interface PageRequest extends RelationRequest {
  readonly offset: number;
  readonly limit: number;
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
}

/** The server's API as the page calls it. */
export class Api {
  workspace(signal: AbortSignal): Promise<Answer<WorkspaceView>> {
    return answer(fetch("/api/workspace", { signal }));
  }

  notebook(path: string, signal: AbortSignal): Promise<Answer<NotebookView>> {
    return answer(fetch(`/api/notebook?${new URLSearchParams({ path })}`, { signal }));
  }

  /** Saves a text over the content that `etag` names; refused with status 412 where the file is another by now. */
  save(path: string, text: string, etag: string): Promise<Answer<NotebookView>> {
    const url = `/api/notebook?${new URLSearchParams({ path })}`;
    return answer(fetch(url, { ...json("PUT", { text }), headers: { ...JSON_TYPE, "if-match": etag } }));
  }

  create(name: string, text: string | null): Promise<Answer<NotebookView>> {
    return answer(fetch("/api/notebooks", json("POST", text === null ? { name } : { name, text })));
  }

  plan(request: PlanRequest, signal: AbortSignal): Promise<Answer<PlanView>> {
    return answer(fetch("/api/plan", { ...json("POST", request), signal }));
  }

  run(request: RunRequest): Promise<Answer<{ run: string }>> {
    return answer(fetch("/api/runs", json("POST", request)));
  }

  cancel(run: string): Promise<Answer<unknown>> {
    return answer(fetch(`/api/runs/${encodeURIComponent(run)}`, { method: "DELETE" }));
  }

  page(request: PageRequest, signal: AbortSignal): Promise<Answer<ResultPage>> {
    const query = relationQuery(request);
    query.set("offset", String(request.offset));
    query.set("limit", String(request.limit));
    if (request.sort !== null) query.set("sort", request.sort.column);
    if (request.sort?.descending) query.set("descending", "true");
    return answer(fetch(`/api/result?${query}`, { signal }));
  }

  summary(request: RelationRequest, signal: AbortSignal): Promise<Answer<SummaryView>> {
    return answer(fetch(`/api/summary?${relationQuery(request)}`, { signal }));
  }
}

const JSON_TYPE = { "content-type": "application/json" };

function json(method: "POST" | "PUT", body: unknown): RequestInit {
  return { method, headers: JSON_TYPE, body: JSON.stringify(body) };
}

function relationQuery({ path, relation, set }: RelationRequest): URLSearchParams {
  const query = new URLSearchParams({ path, relation });
  if (Object.keys(set).length > 0) query.set("set", JSON.stringify(set));
  return query;
}
