import type { Problem } from "../../server/notebook/model.ts";

/** What a call to the server came to: its value, or what went wrong. */
export type Answer<T> = { readonly ok: true; readonly value: T } | Refusal;

export interface Refusal {
  readonly ok: false;
  /** HTTP's status; 0 where the server could not be reached. */
  readonly status: number;
  readonly problem: Problem;
  /** The whole body of the reply, for what a status carries besides its problem. */
  readonly body: unknown;
}

/** The part of a response that an answer is made of; the client's typed responses have it as well. */
type Reply = Pick<Response, "ok" | "status"> & { json(): Promise<unknown> };

/** Reads a reply of the API; rejects only where the call was aborted. */
export async function answer<T>(reply: Promise<Reply>): Promise<Answer<T>> {
  const response = await reply.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    return null;
  });
  if (response === null) return refusal(0, null);
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) return refusal(response.status, body);
  return { ok: true, value: body as T };
}

function refusal(status: number, body: unknown): Refusal {
  return { ok: false, status, body, problem: problemIn(body) ?? problemOf(status) };
}

function problemIn(body: unknown): Problem | null {
  if (typeof body !== "object" || body === null || !("problem" in body)) return null;
  const { problem } = body;
  if (typeof problem !== "object" || problem === null || !("message" in problem)) return null;
  return problem as Problem;
}

function problemOf(status: number): Problem {
  const place = { severity: "error", cell: null, line: null, column: null } as const;
  if (status === 0) {
    return {
      ...place,
      code: "server-unreachable",
      message: "Segbook's server can't be reached.",
      hint: "See whether it still runs in its terminal; what you typed is kept in this browser.",
    };
  }
  if (status === 401 || status === 403) {
    return {
      ...place,
      code: "not-signed-in",
      message: "This browser is not signed in to the workspace.",
      hint: "Open the address with its token that `segbook serve` printed.",
    };
  }
  return {
    ...place,
    code: "server-error",
    message: `The server answered with status ${status}.`,
    hint: "Try again; if it stays, the server's log says more.",
  };
}
