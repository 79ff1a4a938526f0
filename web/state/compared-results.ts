import type { CompareView, DiffLine } from "../../server/run/compare/view.ts";
import { type Answer, answer } from "./answer.ts";

type Progress = Extract<DiffLine, { type: "progress" }>;

/** Asks for a comparison of results, whose reply is one JSON object a line: how far it is, and at last what it found. */
export async function comparedResults(
  request: object,
  told: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Answer<CompareView>> {
  const headers = { "content-type": "application/json" };
  const asked = fetch("/api/diff", { method: "POST", headers, body: JSON.stringify(request), signal });
  const response = await asked.catch((error: unknown) => {
    if (signal.aborted) throw error;
    return null;
  });
  if (response === null || !response.ok || response.body === null) {
    return answer(response === null ? Promise.reject(new TypeError("unreachable")) : Promise.resolve(response));
  }
  for await (const line of linesOf(response.body)) {
    const said = JSON.parse(line) as DiffLine;
    if (said.type === "progress") told(said);
    else if (said.type === "done") return { ok: true, value: said.data };
    else return { ok: false, status: response.status, problem: said.problem, body: null };
  }
  signal.throwIfAborted();
  return answer(Promise.reject(new TypeError("the reply broke off")));
}

/** The lines of a text that arrives in pieces. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncIterable<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (rest + value).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line !== "") yield line;
    }
    if (rest !== "") yield rest;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
