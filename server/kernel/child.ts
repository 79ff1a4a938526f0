import { setMaxListeners } from "node:events";
import { setPriority } from "node:os";
import { checkNotebook } from "../check/check.ts";
import { Cancelled } from "../engine/engine.ts";
import { exported } from "../export/export.ts";
import type { Limits } from "../run/limits.ts";
import { Session } from "../run/session.ts";
import { stoppedBy } from "../run/unexpected.ts";
import { workspaceAt } from "../run/workspace.ts";
import type { FromKernel, ToKernel } from "./protocol.ts";

/** The engine's memory and half of it for threads, and what the process itself and its libraries need, in bytes. */
const MEMORY_FACTOR = 1.5;
const MEMORY_BESIDE = 1024 ** 3;

/**
 * How far a kernel steps back, in nice's steps. At 5 it gets a third of what the page gets where both want a core;
 * at 10 it was a tenth, and on a machine with other work a short run took half a minute.
 */
const BACKGROUND = 5;

/** The kernel's own process: it owns the engine, and runs one notebook's cells for the server that started it. */
const limits = JSON.parse(process.argv[3] ?? "") as Limits;
// Before there are threads: those that are made later inherit it.
if (process.argv[4] === "background") setPriority(BACKGROUND);
const session = new Session(workspaceAt(process.argv[2] ?? "."), limits);
const active = new Map<number, AbortController>();

process.on("message", (message: ToKernel) => {
  if (message.type === "cancel") active.get(message.id)?.abort();
  else void answer(message);
});
// The server is gone: nobody is left to answer.
process.on("disconnect", end);
// Ctrl-C reaches the kernel too; whoever started it decides what it means.
process.on("SIGINT", () => undefined);
send({ type: "ready" });

// The engine counts most of its memory itself, but for what a single value takes; the rest of the machine must not suffer.
setInterval(() => {
  if (process.memoryUsage.rss() > MEMORY_FACTOR * limits.memory + MEMORY_BESIDE)
    process.send?.({ type: "tooLarge" } satisfies FromKernel, end);
}, 200).unref();

/** An orderly exit would wait for the engine, whose step may never end. */
function end(): void {
  process.kill(process.pid, "SIGKILL");
}

async function answer(message: Extract<ToKernel, { type: "ask" }>): Promise<void> {
  const { id } = message;
  const controller = new AbortController();
  // Every statement and file of a run listens to its one signal.
  setMaxListeners(0, controller.signal);
  active.set(id, controller);
  try {
    send({ type: "answer", id, answer: await perform(message, controller.signal) });
  } catch (error) {
    if (error instanceof Cancelled || controller.signal.aborted) send({ type: "cancelled", id });
    else {
      const isOfSystem = error instanceof Error && "syscall" in error;
      const problem = stoppedBy(error);
      if (!isOfSystem && problem === null)
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      send({ type: "error", id, message: error instanceof Error ? error.message : String(error), problem });
    }
  } finally {
    active.delete(id);
  }
}

function perform(message: Extract<ToKernel, { type: "ask" }>, signal: AbortSignal): Promise<unknown> {
  switch (message.operation) {
    case "plan":
      return session.plan(message.ask, signal);
    case "check":
      return checkNotebook(session, message.ask, signal);
    case "page":
      return session.page(message.ask, signal);
    case "summary":
      return session.summary(message.ask, signal);
    case "person":
      return session.person(message.ask, signal);
    case "personEvents":
      return session.personEvents(message.ask, signal);
    case "people":
      return session.people(message.ask, signal);
    case "forecast":
      return session.forecast(message.ask, signal);
    case "history":
      return session.history(message.ask, signal);
    case "profile":
      return session.profile(message.ask, signal);
    case "rates":
      return session.rates(message.ask, signal);
    case "explain":
      return session.explain(message.ask, signal);
    case "evidence":
      return session.evidence(message.ask, signal);
    case "cohort":
      return session.cohort(message.ask, signal);
    case "without":
      return session.without(message.ask, signal);
    case "preview":
      return session.preview(message.ask, signal);
    case "replay":
      return session.replay(message.ask, (share) => send({ type: "progress", id: message.id, share }), signal);
    case "replayPeople":
      return session.replayPeople(message.ask, signal);
    case "values":
      return session.values(message.ask, signal);
    case "writeSegment":
      return session.writeSegment(message.ask, signal);
    case "readSegment":
      return session.readSegment(message.ask, signal);
    case "members":
      return session.members(message.ask, signal);
    case "export":
      return session.snapshot(message.ask, signal).then((snapshot) => exported(snapshot, signal));
    case "rename":
      return session.rename(message.ask, signal);
    case "file":
      return session.file(message.ask, signal);
    case "complete":
      return session.complete(message.ask);
    case "prepare":
      return session.prepare(signal).then(() => null);
    case "cancelCell":
      return Promise.resolve(session.cancelCell(message.ask));
    case "compare":
      return session.compare(message.ask, listenerFor(message.id), signal);
    case "run":
      return session.run(message.ask, listenerFor(message.id), signal);
  }
}

function listenerFor(id: number) {
  return {
    started: (cells: number) => send({ type: "started", id, cells }),
    cell: (view: Extract<FromKernel, { type: "cell" }>["view"], progress: number | null, finished: number) =>
      send({ type: "cell", id, view, progress, finished }),
  };
}

function send(message: FromKernel): void {
  process.send?.(message);
}
