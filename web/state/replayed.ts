import type { ReplayLine, ReplayRequest, ReplayView } from "../../server/run/replay/view.ts";
import { type Answer, answer } from "./answer.ts";
import { linesOf } from "./compared-results.ts";

/** Asks for a replay, whose reply is one JSON object a line: how far it is, and at last what it found. */
export async function replayed(
  request: ReplayRequest,
  told: (share: number) => void,
  signal: AbortSignal,
): Promise<Answer<ReplayView>> {
  const headers = { "content-type": "application/json" };
  const asked = fetch("/api/replay", { method: "POST", headers, body: JSON.stringify(request), signal });
  const response = await asked.catch((error: unknown) => {
    if (signal.aborted) throw error;
    return null;
  });
  if (response === null || !response.ok || response.body === null) {
    return answer(response === null ? Promise.reject(new TypeError("unreachable")) : Promise.resolve(response));
  }
  for await (const line of linesOf(response.body)) {
    const said = JSON.parse(line) as ReplayLine;
    if (said.type === "progress") told(said.share);
    else if (said.type === "done") return { ok: true, value: said.replay };
    else return { ok: false, status: response.status, problem: said.problem, body: null };
  }
  signal.throwIfAborted();
  return answer(Promise.reject(new TypeError("the reply broke off")));
}
