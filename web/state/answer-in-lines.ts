import type { Problem } from "../../server/notebook/model.ts";
import { type Answer, answer } from "./answer.ts";

interface Failed {
  readonly type: "failed";
  readonly problem: Problem;
}

/** What each line but a failure means. */
export interface Lines<Progress, Done, T> {
  readonly progress: (line: Progress) => void;
  readonly done: (line: Done) => T;
}

/** Asks for something long, whose reply is one JSON object a line: how far it is, and at last what it found. Rejects only where it was aborted. */
export async function answerInLines<Progress extends { type: "progress" }, Done extends { type: "done" }, T>(
  path: string,
  request: object,
  lines: Lines<Progress, Done, T>,
  signal: AbortSignal,
): Promise<Answer<T>> {
  const headers = { "content-type": "application/json" };
  const asked = fetch(path, { method: "POST", headers, body: JSON.stringify(request), signal });
  const response = await asked.catch((error: unknown) => {
    if (signal.aborted) throw error;
    return null;
  });
  if (response === null || !response.ok || response.body === null) {
    return answer(response === null ? Promise.reject(new TypeError("unreachable")) : Promise.resolve(response));
  }
  for await (const line of linesOf(response.body)) {
    const said = JSON.parse(line) as Progress | Done | Failed;
    if (said.type === "progress") lines.progress(said);
    else if (said.type === "done") return { ok: true, value: lines.done(said) };
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
